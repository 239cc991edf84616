import { useEffect, useMemo, useRef } from "react";
import type { SubagentContent } from "../../stores/subagentStore.ts";
import type { InnerPlace, ShownPlace } from "../../stores/uiStore.ts";
import { useSubagents, useUi } from "../useStores.ts";
import { innerRowKey } from "./placeRow.ts";
import type { TranscriptRow } from "./transcriptRow.ts";

/**
 * The row that a place inside a sub-agent leads to: the sub-agent is unfolded and loaded as far as that, which takes some
 * drawings, without a row meanwhile. `callKey` is the row of the call, which any other place leads to.
 */
export function useInnerPlace(
  rows: readonly TranscriptRow[],
  callKey: string | null,
  unfold: (keys: readonly string[]) => void,
): string | null {
  const place = useUi((state) => state.place);
  const inside = place?.inside ?? null;
  const content = useSubagents((state) =>
    inside !== null && state.sessionId === place?.sessionId ? state.byToolUseId[inside.toolUseId] : undefined,
  );
  const loadMore = useSubagents((state) => state.loadMore);
  const unfolded = useRef<ShownPlace | null>(null);
  const isWanted = inside !== null && callKey !== null && !isLoaded(content, inside);
  useEffect(() => {
    if (place === null || inside === null || callKey === null) return;
    if (unfolded.current !== place) unfold([callKey, `tool:${inside.toolUseId}`]);
    unfolded.current = place;
    if (isWanted && content?.isLoading !== true) void loadMore(place.sessionId, inside.toolUseId);
  }, [place, inside, callKey, unfold, isWanted, content, loadMore]);
  return useMemo(() => {
    if (inside === null || callKey === null) return callKey;
    if (isWanted) return null;
    return innerRowKey(inside, content?.events ?? [], rows) ?? callKey;
  }, [inside, callKey, isWanted, content, rows]);
}

/** Whether it is there, or will not come. */
function isLoaded(content: SubagentContent | undefined, inside: InnerPlace): boolean {
  if (content === undefined || content.isLoading) return false;
  const last = content.events.at(-1)?.seq ?? Number.NEGATIVE_INFINITY;
  return last >= inside.seq || content.rest !== "more" || content.problem !== null;
}
