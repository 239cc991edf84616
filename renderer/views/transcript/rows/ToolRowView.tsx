import { Check, CircleDashed, CircleSlash, X } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../../../components/cn.ts";
import { counted, duration } from "../../../terminal/figures.ts";
import { planOf, toolSummary } from "../../../terminal/toolSummary.ts";
import { visibleText } from "../../../../shared/text/visibleText.ts";
import { DiffView } from "../DiffView.tsx";
import { fileChange } from "../../../../shared/text/fileChange.ts";
import { JsonView } from "../JsonView.tsx";
import { Markdown } from "../Markdown.tsx";
import { subagentTools } from "../subagentRows.ts";
import type { ToolRow } from "../transcriptRow.ts";
import { Fold } from "./Fold.tsx";
import { LongText } from "./LongText.tsx";
import { RowFrame } from "./RowFrame.tsx";

const stateLooks: Readonly<
  Record<ToolRow["state"], { readonly words: string; readonly look: string; readonly Icon: typeof Check }>
> = {
  running: { words: "running", look: "text-accent", Icon: CircleDashed },
  succeeded: { words: "done", look: "text-ok", Icon: Check },
  failed: { words: "failed", look: "text-danger", Icon: X },
  denied: { words: "denied", look: "text-danger", Icon: CircleSlash },
};

/** A tool call and its result: one line, open it for the whole input and output. */
export function ToolRowView(props: { readonly row: ToolRow; readonly isOpen: boolean; readonly onToggle: () => void }) {
  const { row, isOpen, onToggle } = props;
  const { words, look, Icon } = stateLooks[row.state];
  const title = (
    <span className="flex min-w-0 grow items-baseline gap-2">
      <span className="shrink-0 font-semibold">{visibleText(row.name ?? "Earlier tool call")}</span>
      <span className="min-w-0 grow truncate font-mono text-xs">
        {visibleText(toolSummary(row.name ?? "", row.input))}
      </span>
      <span className={cn("shrink-0 text-xs", look)}>
        {words}
        {timeTaken(row)}
      </span>
    </span>
  );
  return (
    <RowFrame row={row} icon={<Icon aria-hidden className={cn("size-4", look)} />}>
      <Fold title={title} isOpen={isOpen} onToggle={onToggle}>
        <ToolInput row={row} />
        <ToolOutput row={row} />
        {subagentTools.has(row.name) && <p className="mt-1 text-xs text-dim">What the sub-agent said and did:</p>}
      </Fold>
    </RowFrame>
  );
}

function timeTaken(row: ToolRow): string {
  if (row.finishedAt === null || row.name === null) return "";
  return ` · ${duration(Math.max(0, Date.parse(row.finishedAt) - Date.parse(row.at)))}`;
}

function ToolInput({ row }: { readonly row: ToolRow }): ReactNode {
  const change = fileChange(row.name, row.input);
  if (change !== null) return <DiffView change={change} />;
  const plan = planOf(row.name ?? "", row.input);
  if (plan !== null) {
    return (
      <div className="rounded-md border border-line px-3 py-2">
        <Markdown text={plan} />
      </div>
    );
  }
  const { command } = row.input;
  if (row.name === "Bash" && typeof command === "string") {
    return (
      <div className="rounded-md border border-line bg-sunken px-2 py-1">
        <LongText mono text={`$ ${command}`} />
      </div>
    );
  }
  return Object.keys(row.input).length === 0 ? null : <JsonView value={row.input} />;
}

function ToolOutput({ row }: { readonly row: ToolRow }): ReactNode {
  if (row.output === null) return null;
  const isBad = row.state === "failed" || row.state === "denied";
  return (
    <div
      className={cn(
        "mt-1 rounded-md border px-2 py-1",
        isBad ? "border-danger/40 bg-danger-soft" : "border-line bg-sunken",
      )}
    >
      {row.output.trim() === "" ? (
        <span className="text-xs text-dim">No output</span>
      ) : (
        <LongText mono text={row.output} />
      )}
      {row.omittedChars > 0 && (
        <p className="text-xs text-dim">{counted(row.omittedChars, "character")} of the middle not kept</p>
      )}
    </div>
  );
}
