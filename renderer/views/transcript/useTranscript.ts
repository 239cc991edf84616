import { useMemo, useState } from "react";
import type { SessionEvent } from "../../../shared/model/event.ts";
import type { SubagentContent } from "../../stores/subagentStore.ts";
import { useFeed, useSubagents, useTranscriptWindow } from "../useStores.ts";
import { followEvents, nothingFollowed } from "./followEvents.ts";
import { openRows } from "./openRows.ts";
import { withSubagents } from "./subagentRows.ts";
import type { TranscriptRow } from "./transcriptRow.ts";

/** What is shown of the chosen session. */
export interface ShownTranscript {
  readonly sessionId: string | null;
  /** The session's own events, which the rows were made of. */
  readonly events: readonly SessionEvent[];
  readonly rows: readonly TranscriptRow[];
  /** Whether a stretch away from the session's end is shown. */
  readonly isAway: boolean;
}

const noSubagents: Readonly<Record<string, SubagentContent>> = {};

/** The rows of the chosen session, kept up with its feed, or those around a place away from its end. */
export function useTranscript(openKeys: ReadonlySet<string>): ShownTranscript {
  const sessionId = useFeed((state) => state.sessionId);
  const isAway = useTranscriptWindow((state) => state.sessionId !== null && state.sessionId === sessionId);
  const feedEvents = useFeed((state) => state.events);
  const windowEvents = useTranscriptWindow((state) => state.events);
  const blocks = useFeed((state) => state.openBlocks);
  const byToolUseId = useSubagents((state) => (state.sessionId === sessionId ? state.byToolUseId : noSubagents));
  const events = isAway ? windowEvents : feedEvents;
  const [before, setFollowed] = useState(nothingFollowed);
  const followed = useMemo(() => followEvents(before, events), [before, events]);
  // Kept while drawing, so that the next events only add to what is there.
  if (followed !== before) setFollowed(followed);
  const { transcript } = followed;
  const kept = useMemo(() => withSubagents(transcript, { openKeys, byToolUseId }), [transcript, openKeys, byToolUseId]);
  const rows = useMemo(
    () => (isAway ? kept : [...kept, ...openRows(blocks, transcript)]),
    [kept, isAway, blocks, transcript],
  );
  return { sessionId, events, rows, isAway };
}
