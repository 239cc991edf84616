import { formatExact } from "../../components/formats.ts";
import type { RankedHit } from "../../stores/hitGroups.ts";
import { formatMoment } from "../costs/costFormats.ts";

/**
 * The times, by the place in the ranking, of hits that read alike: how long ago they were would not tell them apart.
 * Others have none.
 */
export function timesOfAlike(hits: readonly RankedHit[]): ReadonlyMap<number, string> {
  const times = new Map<number, string>();
  for (const alike of Map.groupBy(hits, textOf).values()) {
    if (alike.length === 1) continue;
    const moments = alike.map(({ hit: { at } }) => (at === null ? null : formatMoment(at)));
    const format = new Set(moments).size === alike.length ? formatMoment : formatExact;
    for (const { hit, index } of alike) if (hit.at !== null) times.set(index, format(hit.at));
  }
  return times;
}

function textOf({ hit }: RankedHit): string {
  return hit.snippet.map(({ text }) => text).join("");
}
