/** Sums the ledger's rows. Pure. */
import type { ApiMessageRow } from "../../../electron/engine/storage/apiMessageRows.ts";
import { NO_TOKENS, plus, type Tokens } from "./expectedTokens.ts";

/** One entry a session and model: the session as `nameOf` calls it, the model, the tokens. */
export function sumOfMessages(
  rows: Iterable<ApiMessageRow>,
  nameOf: (sessionId: string) => string,
): readonly (readonly [string, string, Tokens])[] {
  const sums = new Map<string, readonly [string, string, Tokens]>();
  for (const row of rows) {
    const model = row.model ?? "";
    const key = `${row.sessionId} ${model}`;
    const [, , sum] = sums.get(key) ?? ["", "", NO_TOKENS];
    sums.set(key, [nameOf(row.sessionId), model, plus(sum, { messages: 1, ...known(row) })]);
  }
  return [...sums.values()];
}

/** Unknown counts are left out: the sum is then short of what is expected. */
function known({ input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches }: ApiMessageRow): Partial<Tokens> {
  const counts = { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== null));
}
