import type { Reconciliation } from "../../../shared/model/cost.ts";
import { formatCost } from "./costFormats.ts";
import { driftWords } from "./costWords.ts";

/** How the ledger's sum stands to the CLI's own total, in sentences; a drift is a matter of its own. */
export function reconciliationWords(told: Reconciliation): { readonly text: string; readonly drift: string | null } {
  const { cliTotalUsd, baselineUsd, messagesUsd, unattributedUsd, driftUsd, reason } = told;
  if (cliTotalUsd === null) return { text: "Claude Code has told no total of its own for this session.", drift: null };
  const start = baselineUsd > 0 ? `, of which ${formatCost(baselineUsd)} were there when it was resumed or forked` : "";
  const rest =
    Math.abs(unattributedUsd) < 5e-7
      ? "nothing is left over"
      : `${formatCost(unattributedUsd)} is not attributed to a message (interrupted turns, side requests)`;
  const text = `Claude Code’s own total is ${formatCost(cliTotalUsd)}${start}. The messages come to ${formatCost(messagesUsd)}; ${rest}.`;
  if (driftUsd === null) return { text, drift: null };
  const why = reason === null ? "The reason is not known" : `The likely reason: ${driftWords[reason]}`;
  return { text, drift: `The two differ by ${formatCost(driftUsd)}. ${why}.` };
}
