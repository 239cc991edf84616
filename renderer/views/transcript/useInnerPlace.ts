import { useEffect, useMemo, useRef } from "react";
import type { SubagentContent } from "../../stores/subagentStore.ts";
import type { InnerPlace, ShownPlace } from "../../stores/uiStore.ts";
import { useSubagents, useUi } from "../useStores.ts";
import { innerRowKey } from "./placeRow.ts";
import type { TranscriptRow } from "./transcriptRow.ts";

type Contents = Readonly<Record<string, SubagentContent>>;

const noContents: Contents = {};

/**
 * The row that a place inside a sub-agent leads to: the sub-agent is unfolded and loaded as far as that, which takes some
 * drawings, without a row meanwhile. `callKey` is the row of the outermost call, which any other place leads to.
 */
export function useInnerPlace(
  rows: readonly TranscriptRow[],
  callKey: string | null,
  unfold: (keys: readonly string[]) => void,
): string | null {
  const place = useUi((state) => state.place);
  const inside = place?.inside ?? null;
  const contents = useSubagents((state) => (state.sessionId === place?.sessionId ? state.byToolUseId : noContents));
  const loadMore = useSubagents((state) => state.loadMore);
  const unfolded = useRef<ShownPlace | null>(null);
  const missing = useMemo(
    () => (inside === null || callKey === null ? null : missingSubagent(inside, callKey, { rows, contents })),
    [inside, callKey, rows, contents],
  );
  useEffect(() => {
    if (place === null || inside === null || callKey === null) return;
    if (unfolded.current !== place) unfold([callKey, callKeyOf(inside.toolUseId)]);
    unfolded.current = place;
    if (missing !== null && contents[missing]?.isLoading !== true) void loadMore(place.sessionId, missing);
  }, [place, inside, callKey, unfold, missing, contents, loadMore]);
  return useMemo(() => {
    if (inside === null || callKey === null) return callKey;
    if (missing !== null) return null;
    return innerRowKey(inside, contents[inside.toolUseId]?.events ?? [], rows) ?? callKey;
  }, [inside, callKey, missing, contents, rows]);
}

/** The sub-agent of which more must be loaded: the outer one until it shows the inner one's call, then that one. */
function missingSubagent(
  { toolUseId, seq }: InnerPlace,
  callKey: string,
  shown: { readonly rows: readonly TranscriptRow[]; readonly contents: Contents },
): string | null {
  const { rows, contents } = shown;
  const outer = rows.find(({ key }) => key === callKey);
  const isCallShown = rows.some(({ key }) => key === callKeyOf(toolUseId));
  if (!isCallShown && outer?.kind === "tool" && mayHaveMore(contents[outer.toolUseId])) return outer.toolUseId;
  const content = contents[toolUseId];
  const last = content?.events.at(-1)?.seq ?? Number.NEGATIVE_INFINITY;
  return last < seq && mayHaveMore(content) ? toolUseId : null;
}

function mayHaveMore(content: SubagentContent | undefined): boolean {
  return content === undefined || content.isLoading || (content.rest === "more" && content.problem === null);
}

function callKeyOf(toolUseId: string): string {
  return `tool:${toolUseId}`;
}
