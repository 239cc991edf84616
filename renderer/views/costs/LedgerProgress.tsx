import { visibleText } from "../../../shared/text/visibleText.ts";
import { Button } from "../../components/Button.tsx";
import { formatBytes, formatCount } from "../../components/formats.ts";
import type { LedgerOutcome } from "../../stores/ledgerStore.ts";
import { counted } from "../../terminal/figures.ts";
import { useLedger } from "../useStores.ts";

/** How far an export or an import is, and the way to end it. */
export function LedgerProgress() {
  const task = useLedger((state) => state.task);
  const cancel = useLedger((state) => state.cancel);
  if (task?.kind !== "export" && task?.kind !== "import") return null;
  const words = task.kind === "export" ? "Writing the messages out" : "Reading the messages in";
  const far =
    task.total === null || task.total === 0 ? "…" : `: ${formatCount(task.done)} of ${formatCount(task.total)}`;
  return (
    <div role="status" className="flex items-center gap-2 rounded-md bg-accent-soft px-2 py-1 text-xs">
      <span className="grow">
        {words}
        {task.kind === "import" && task.total !== null ? `${far} parts` : far}
      </span>
      <Button size="small" onClick={cancel}>
        Cancel
      </Button>
    </div>
  );
}

/** What the last task came to, with the lines of an import that are no entries. */
export function LedgerOutcomeView() {
  const outcome = useLedger((state) => state.outcome);
  if (outcome === null) return null;
  return (
    <div role="status" className="rounded-md bg-ok-soft px-2 py-1 text-xs">
      <p className="wrap-anywhere">{outcomeWords(outcome)}</p>
      {outcome.kind === "import" && outcome.rejected.length > 0 && (
        <ul aria-label="Lines that are no entries" className="mt-1 list-disc pl-4">
          {outcome.rejected.map(({ line, reason }) => (
            <li key={line}>
              Line {formatCount(line)}: {visibleText(reason)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function outcomeWords(outcome: LedgerOutcome): string {
  switch (outcome.kind) {
    case "export":
      return `Exported to ${outcome.fileName}.`;
    case "backup":
      return `Backed up to ${visibleText(outcome.path)} (${formatBytes(outcome.sizeBytes)}).`;
    case "vacuum":
      return `Tidied: ${formatBytes(outcome.sizeBytesBefore)} before, ${formatBytes(outcome.sizeBytesAfter)} now.`;
    case "import": {
      const { added, known, rejectedCount } = outcome;
      const rejected = rejectedCount === 0 ? "" : `; ${counted(rejectedCount, "line")} could not be read`;
      return `${counted(added, "message")} added, ${formatCount(known)} known before${rejected}.`;
    }
  }
}
