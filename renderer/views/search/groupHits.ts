import type { SearchHit } from "../../../shared/model/search.ts";

/** Hits of one session that follow each other in the ranking; `index` is a hit's place in it. */
export interface HitGroup {
  readonly sessionId: string;
  readonly title: string;
  readonly projectPath: string;
  readonly hits: readonly { readonly hit: SearchHit; readonly index: number }[];
}

/** Groups neighbours of the same session and leaves the ranking as it is. */
export function groupHits(hits: readonly SearchHit[]): readonly HitGroup[] {
  const groups: { sessionId: string; title: string; projectPath: string; hits: { hit: SearchHit; index: number }[] }[] =
    [];
  for (const [index, hit] of hits.entries()) {
    const last = groups.at(-1);
    if (last?.sessionId === hit.sessionId) last.hits.push({ hit, index });
    else
      groups.push({ sessionId: hit.sessionId, title: hit.title, projectPath: hit.projectPath, hits: [{ hit, index }] });
  }
  return groups;
}
