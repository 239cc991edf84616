import type { SearchHit } from "../../shared/model/search.ts";

/** A hit and its place in the ranking. */
export interface RankedHit {
  readonly hit: SearchHit;
  readonly index: number;
}

/** All hits of one session, best first; only the first `shown` are in sight, `few` of them where the others are folded away. */
export interface HitGroup {
  readonly sessionId: string;
  readonly title: string;
  readonly projectPath: string;
  readonly hits: readonly RankedHit[];
  readonly few: number;
  readonly shown: number;
}

/** Hits of a session that are in sight at once: more would push the next session's best one away. */
const FEW_HITS = 3;

/**
 * Adds a page of hits that rank after all before it: a session stands where its best hit ranks. What is in sight stays as
 * and where it is: hits of a session that is there already are folded away, however few it shows.
 */
export function addHits(groups: readonly HitGroup[], page: readonly SearchHit[]): readonly HitGroup[] {
  const first = groups.reduce((count, { hits }) => count + hits.length, 0);
  const added = new Map<string, RankedHit[]>();
  for (const [index, hit] of page.entries()) {
    const ofSession = added.get(hit.sessionId) ?? [];
    ofSession.push({ hit, index: first + index });
    added.set(hit.sessionId, ofSession);
  }
  const known = new Set(groups.map(({ sessionId }) => sessionId));
  const grown = groups.map((group) => ({ ...group, hits: [...group.hits, ...(added.get(group.sessionId) ?? [])] }));
  const begun = [...added].flatMap(([sessionId, hits]) => (known.has(sessionId) ? [] : begin(sessionId, hits)));
  return [...grown, ...begun];
}

function begin(sessionId: string, hits: readonly RankedHit[]): readonly HitGroup[] {
  const [best] = hits;
  if (best === undefined) return [];
  const { title, projectPath } = best.hit;
  // A single hit is not worth folding away.
  const few = hits.length <= FEW_HITS + 1 ? hits.length : FEW_HITS;
  return [{ sessionId, title, projectPath, hits, few, shown: few }];
}

/** Shows all hits of a session that there are by now, or few of them again. */
export function unfoldHits(groups: readonly HitGroup[], sessionId: string, isUnfolded: boolean): readonly HitGroup[] {
  return groups.map((group) =>
    group.sessionId === sessionId ? { ...group, shown: isUnfolded ? group.hits.length : group.few } : group,
  );
}

/** The hits in sight. */
export function shownHits({ hits, shown }: HitGroup): readonly RankedHit[] {
  return hits.slice(0, shown);
}

/** The hit in sight that stands for another one: itself, or the best one of its session. */
export function inSight(groups: readonly HitGroup[], index: number): number {
  const group = groups.find(({ hits }) => hits.some((one) => one.index === index));
  if (group === undefined || shownHits(group).some((one) => one.index === index)) return index;
  return group.hits[0]?.index ?? index;
}
