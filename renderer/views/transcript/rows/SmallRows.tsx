import {
  Brain,
  CircleAlert,
  CircleCheck,
  CircleDot,
  CirclePause,
  Dot,
  PenLine,
  ShieldAlert,
  ShieldCheck,
  ShieldX,
  Sparkles,
} from "lucide-react";
import { cn } from "../../../components/cn.ts";
import { counted, wordCount } from "../../../terminal/figures.ts";
import type { MarkTone } from "../../../terminal/marks/mark.ts";
import { toolSummary } from "../../../terminal/toolSummary.ts";
import { visibleText } from "../../../../shared/text/visibleText.ts";
import { decisionWords } from "../decisionWords.ts";
import { Markdown } from "../Markdown.tsx";
import { turnFigures, turnTitle } from "../rowText.ts";
import type { MarkRow, PermissionRow, TextRow, ThinkingRow, ToolDraftRow, TurnRow } from "../transcriptRow.ts";
import { Fold } from "./Fold.tsx";
import { LongText } from "./LongText.tsx";
import { RowFrame } from "./RowFrame.tsx";

/** What the assistant said. */
export function TextRowView({ row }: { readonly row: TextRow }) {
  return (
    <RowFrame row={row} icon={<Sparkles aria-hidden className="size-4 text-dim" />} className="py-2">
      <Markdown text={row.text} streaming={row.streaming} />
      {row.streaming && <span className="text-xs text-dim">writing…</span>}
    </RowFrame>
  );
}

/** What the assistant thought, folded. */
export function ThinkingRowView(props: {
  readonly row: ThinkingRow;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}) {
  const { row, isOpen, onToggle } = props;
  const words = wordCount(row.text);
  const title = (
    <span className="text-dim italic">
      {row.streaming ? "Thinking… " : "Thinking"}
      {words > 0 && ` · ${counted(words, "word")}`}
    </span>
  );
  return (
    <RowFrame row={row} icon={<Brain aria-hidden className="size-4 text-dim" />}>
      <Fold title={title} isOpen={isOpen} onToggle={onToggle}>
        <LongText text={row.text === "" ? "The text of this thinking is not given." : row.text} className="text-dim" />
      </Fold>
    </RowFrame>
  );
}

/** A tool call that is being written. */
export function ToolDraftRowView({ row }: { readonly row: ToolDraftRow }) {
  return (
    <RowFrame row={row} icon={<PenLine aria-hidden className="size-4 text-dim" />}>
      <span className="text-dim italic">Writing a tool call · {counted(row.text.length, "character")}</span>
    </RowFrame>
  );
}

/** How a turn ended and what it took. */
export function TurnRowView({ row }: { readonly row: TurnRow }) {
  const { turn } = row;
  const look = { success: "text-ok", error: "text-danger", interrupted: "text-warn" }[turn.outcome];
  const Icon = { success: CircleCheck, error: CircleAlert, interrupted: CirclePause }[turn.outcome];
  return (
    <RowFrame
      row={row}
      icon={<Icon aria-hidden className={cn("size-4", look)} />}
      className="border-b border-line pb-2"
    >
      <p>
        <span className={cn("font-medium", look)}>{visibleText(turnTitle(turn))}</span>
        <span className="text-dim">{turnFigures(turn).map((figure) => ` · ${figure}`)}</span>
      </p>
      {turn.errorText !== null && <LongText text={turn.errorText} className="text-danger" />}
    </RowFrame>
  );
}

/** What was asked and who decided. */
export function PermissionRowView({ row }: { readonly row: PermissionRow }) {
  const { permission } = row;
  const isAllowed = permission.status === "allowed";
  const isPending = permission.status === "pending";
  const Icon = isAllowed ? ShieldCheck : isPending ? ShieldAlert : ShieldX;
  const look = isAllowed ? "text-ok" : permission.status === "denied" ? "text-danger" : "text-warn";
  const summary = toolSummary(permission.toolName, permission.input);
  const message = permission.decision?.message ?? null;
  return (
    <RowFrame row={row} icon={<Icon aria-hidden className={cn("size-4", look)} />}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span>
          {visibleText(permission.displayName)}{" "}
          <span className={cn("font-medium", look)}>{isPending ? "waits for you" : permission.status}</span>
        </span>
        <span className="text-xs text-dim">{visibleText(decisionWords(permission))}</span>
      </p>
      {summary !== "" && <p className="truncate font-mono text-xs text-dim">{visibleText(summary)}</p>}
      {message !== null && message !== "" && <p className="text-dim">“{visibleText(message)}”</p>}
    </RowFrame>
  );
}

const markLooks: Readonly<Record<MarkTone, string>> = {
  plain: "text-dim",
  note: "text-ink",
  warn: "text-warn",
  bad: "text-danger font-medium",
};

/** Something beside the conversation. What is in the background and long is folded. */
export function MarkRowView(props: { readonly row: MarkRow; readonly isOpen: boolean; readonly onToggle: () => void }) {
  const { row, isOpen, onToggle } = props;
  const { tone, title, detail, hint } = row.mark;
  const Icon = { plain: Dot, note: CircleDot, warn: CircleAlert, bad: CircleAlert }[tone];
  const words = (
    <span className={cn("wrap-anywhere", markLooks[tone])} title={hint === undefined ? undefined : visibleText(hint)}>
      {visibleText(title)}
    </span>
  );
  const isFolded = tone === "plain" && detail !== null && isLong(detail);
  return (
    <RowFrame
      row={row}
      icon={<Icon aria-hidden className={cn("size-4", markLooks[tone])} />}
      className={cn("py-0.5 text-xs", row.divides && "my-1 border-y border-dashed border-line-strong py-1.5")}
    >
      {isFolded ? (
        <Fold title={words} isOpen={isOpen} onToggle={onToggle}>
          <LongText mono text={detail} className="text-dim" />
        </Fold>
      ) : (
        <>
          <p>{words}</p>
          {detail !== null && <LongText mono text={detail} className="text-dim" />}
        </>
      )}
    </RowFrame>
  );
}

/** Longer than what reads at a glance. */
function isLong(text: string): boolean {
  return text.length > 160 || text.includes("\n");
}
