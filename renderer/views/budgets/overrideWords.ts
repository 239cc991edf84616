/** What an override of the record says. Pure but for the reader's time zone. */
import type { OverrideRecord } from "../../../shared/model/budget.ts";
import { amountWords, spentWords } from "../../../shared/text/budgetWords.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { untilWords } from "./budgetTime.ts";

export function overrideTitle({ budgetName }: OverrideRecord): string {
  return `Budget “${budgetName}” was overridden`;
}

/** `At $10.02 of $10.00, from the desktop window: “The release”.` */
export function overrideWords({ spent, limit, by, note }: OverrideRecord): string {
  const at = spent === null ? `Beyond ${amountWords(limit.amount, limit.unit)}` : `At ${spentWords(spent, limit)}`;
  const why = note === null || note === "" ? "" : `: “${visibleText(note)}”`;
  return `${at}, ${clientWords(by)}${why}.`;
}

const clients = new Map([
  ["desktop", "from the desktop window"],
  ["browser", "from a browser"],
  ["rest", "over the REST API"],
]);

/** Names that a client gave itself are untrusted text. */
function clientWords(by: string): string {
  return clients.get(by) ?? `by “${visibleText(by)}”`;
}

/** How it ended or will end by itself; null where it was taken back, or nothing ends it. */
export function overrideEnd({ until, revokedAt }: OverrideRecord, nowMs: number): string | null {
  if (revokedAt !== null || until === null) return null;
  return Date.parse(until) <= nowMs ? "It ended with the period." : `It holds ${untilWords(until, nowMs)}.`;
}
