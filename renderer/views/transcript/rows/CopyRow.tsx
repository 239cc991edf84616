import { Check, Copy, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { rowMarkdown } from "../rowText.ts";
import type { TranscriptRow } from "../transcriptRow.ts";

type Outcome = "none" | "copied" | "refused";

const outcomeWords: Readonly<Record<Outcome, string>> = {
  none: "Copy this row as Markdown",
  copied: "Copied",
  refused: "Copying is not allowed here",
};

const outcomeIcon = { none: Copy, copied: Check, refused: TriangleAlert } as const;

/** Copies a row as Markdown; shown when the row is pointed at or has the keyboard. */
export function CopyRow({ row }: { readonly row: TranscriptRow }) {
  const [outcome, setOutcome] = useState<Outcome>("none");
  const Icon = outcomeIcon[outcome];
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(rowMarkdown(row));
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  };
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={outcomeWords[outcome]}
      title={outcomeWords[outcome]}
      className="rounded p-0.5 opacity-0 group-hover/row:opacity-100 group-focus-within/article:opacity-100 hover:bg-sunken focus-visible:opacity-100"
      onClick={() => void copy()}
      onMouseLeave={() => setOutcome("none")}
    >
      <Icon aria-hidden className="size-3.5" />
    </button>
  );
}
