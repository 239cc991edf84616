/** What single turns cost, whichever sessions they are in: after `/clear` a turn's messages are another session's. */
import type { EntryTable } from "./entryTable.ts";
import { usdOf } from "./pricing/money.ts";

/** In the order of the ids: of all messages that have a price, those of sub-agents included; null where none has. */
export function turnCosts(table: EntryTable, turnIds: readonly string[]): readonly (number | null)[] {
  const { turns } = table;
  const wanted = new Set(turnIds.map((turnId) => turns.numberOf(turnId)).filter((turn) => turn !== NO_TURN));
  const nanoOf = new Map<number, number>();
  for (const session of sessionsWith(table, wanted)) {
    for (const place of table.placesOfSession(session)) {
      const turn = turns.of(place);
      const nano = table.nanoUsd[place] ?? Number.NaN;
      if (wanted.has(turn) && !Number.isNaN(nano)) nanoOf.set(turn, (nanoOf.get(turn) ?? 0) + nano);
    }
  }
  return turnIds.map((turnId) => {
    const nano = nanoOf.get(turns.numberOf(turnId));
    return nano === undefined ? null : usdOf(nano);
  });
}

const NO_TURN = 0;

/** What a sub-agent did may name no turn, so that all of a session is looked at. */
function sessionsWith(table: EntryTable, turns: ReadonlySet<number>): ReadonlySet<number> {
  const found = new Set<number>();
  if (turns.size === 0) return found;
  for (let place = 0; place < table.length; place += 1) {
    if (turns.has(table.turns.told(place))) found.add(table.session[place] ?? 0);
  }
  return found;
}
