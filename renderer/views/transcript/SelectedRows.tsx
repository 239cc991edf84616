import { Copy, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button.tsx";
import { counted } from "../../terminal/figures.ts";
import { rowsMarkdown } from "./rowText.ts";
import type { TranscriptRow } from "./transcriptRow.ts";

/** What can be done with several rows at once. */
export function SelectedRows(props: { readonly rows: readonly TranscriptRow[]; readonly onClear: () => void }) {
  const { rows, onClear } = props;
  const [outcome, setOutcome] = useState<"none" | "copied" | "refused">("none");
  if (rows.length === 0) return null;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(rowsMarkdown(rows));
      setOutcome("copied");
    } catch {
      setOutcome("refused");
    }
  };
  const words = { none: "Copy as Markdown", copied: "Copied", refused: "Copying is not allowed here" }[outcome];
  return (
    <div
      role="toolbar"
      aria-label="Chosen rows"
      className="absolute bottom-3 left-5 flex items-center gap-1.5 rounded-lg border border-line-strong bg-raised py-1 pr-1 pl-3 shadow-(--shadow)"
    >
      <span role="status">{counted(rows.length, "row")}</span>
      <Button size="small" onClick={() => void copy()} onBlur={() => setOutcome("none")}>
        <Copy aria-hidden className="size-3.5" /> <span aria-live="polite">{words}</span>
      </Button>
      <Button look="quiet" size="icon" aria-label="Choose no rows" onClick={onClear}>
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  );
}
