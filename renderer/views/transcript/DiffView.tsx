import { useMemo, useState } from "react";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { counted } from "../../terminal/figures.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { type DiffLine, type FileChange, diffCounts, diffLines } from "../../../shared/text/fileChange.ts";

/** Lines drawn before "show all": a screenful or two; a new file of thousands of lines would hold up the view. */
const MAX_SHOWN_LINES = 200;

const lineLooks: Readonly<
  Record<DiffLine["kind"], { readonly sign: string; readonly words: string; readonly look: string }>
> = {
  same: { sign: " ", words: "", look: "text-dim" },
  added: { sign: "+", words: "added: ", look: "bg-ok-soft text-ink" },
  removed: { sign: "−", words: "removed: ", look: "bg-danger-soft text-ink" },
  gap: { sign: "⋯", words: "", look: "text-dim" },
};

/** What a call does to a file, as a diff. */
export function DiffView({ change, className }: { readonly change: FileChange; readonly className?: string }) {
  const [showsAll, setShowsAll] = useState(false);
  const lines = useMemo(() => partsAsLines(change), [change]);
  const { added, removed } = diffCounts(lines);
  const shown = showsAll ? lines : lines.slice(0, MAX_SHOWN_LINES);
  return (
    <figure className={cn("overflow-hidden rounded-md border border-line", className)}>
      <figcaption className="flex items-baseline gap-2 border-b border-line bg-sunken px-2 py-1 text-xs">
        <span className="min-w-0 grow font-mono wrap-anywhere">{visibleText(change.path)}</span>
        <span className="shrink-0 text-dim">{change.kind === "write" ? "whole file" : "edit"}</span>
        <span className="shrink-0 font-mono text-ok">+{added}</span>
        {change.kind === "edit" && <span className="shrink-0 font-mono text-danger">−{removed}</span>}
      </figcaption>
      <div
        className="max-h-112 overflow-auto py-1 font-mono text-xs leading-4.5"
        tabIndex={0}
        role="region"
        aria-label="Changes"
      >
        <div>
          {shown.map((line) => (
            <div key={line.number} className={cn("flex whitespace-pre-wrap", lineLooks[line.kind].look)}>
              <span aria-hidden className="w-6 shrink-0 text-center select-none">
                {lineLooks[line.kind].sign}
              </span>
              <span className="sr-only">{lineLooks[line.kind].words}</span>
              <span className="min-w-0 pr-3 wrap-anywhere">{visibleText(line.text)}</span>
            </div>
          ))}
        </div>
      </div>
      {lines.length > shown.length && (
        <div className="border-t border-line p-1">
          <Button look="quiet" size="small" onClick={() => setShowsAll(true)}>
            Show {counted(lines.length - shown.length, "more line")}
          </Button>
        </div>
      )}
      {change.parts.some((part) => part.everywhere) && (
        <p className="border-t border-line px-2 py-1 text-xs text-warn">
          Replaces every place in the file where the text stands.
        </p>
      )}
    </figure>
  );
}

/** A line and its place in the whole diff. */
type NumberedLine = DiffLine & { readonly number: number };

function partsAsLines(change: FileChange): readonly NumberedLine[] {
  const lines = change.parts.flatMap((part, index): readonly DiffLine[] =>
    index === 0 ? diffLines(part) : [{ kind: "gap", text: "" }, ...diffLines(part)],
  );
  return lines.map((line, number) => ({ ...line, number }));
}
