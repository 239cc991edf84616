/** Which records the index reads, by their type. */
import { KeyTable } from "./keyTable.ts";

/**
 * - `turn`: user, assistant and system records: who said what, when, and what it used.
 * - `fact`: small records with one fact about the session; they are parsed whole.
 * - `skipped`: nothing of them is wanted. They are most of the bytes of most transcripts.
 */
export type RecordInterest = "turn" | "fact" | "skipped";

const interests: ReadonlyMap<string, RecordInterest> = new Map([
  ["user", "turn"],
  ["assistant", "turn"],
  ["system", "turn"],
  ["custom-title", "fact"],
  ["ai-title", "fact"],
  ["agent-name", "fact"],
  ["summary", "fact"],
  ["pr-link", "fact"],
  ["cost-state", "fact"],
  ["worktree-state", "fact"],
]);

/** Types that are most of the records of most files. */
const usualTypes = [
  ...interests.keys(),
  ...["attachment", "api-request", "api-request-blob", "api-request-shape", "last-prompt", "mode", "atis-latch"],
];

/** Usual types by their bytes. */
export const typesByBytes: KeyTable<string> = new KeyTable(Object.fromEntries(usualTypes.map((type) => [type, type])));

/** A type that this version does not know is skipped: unknown records pass through. */
export function recordInterest(type: string): RecordInterest {
  return interests.get(type) ?? "skipped";
}
