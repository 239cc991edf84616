import { useMemo, useRef } from "react";
import { useFeed } from "../useStores.ts";
import { type FollowedTranscript, followEvents, nothingFollowed } from "./followEvents.ts";
import { openRows } from "./openRows.ts";
import type { TranscriptRow } from "./transcriptRow.ts";

/** The rows of the chosen session, kept up with its feed. */
export function useTranscript(): readonly TranscriptRow[] {
  const events = useFeed((state) => state.events);
  const blocks = useFeed((state) => state.openBlocks);
  // A cache, not state: it only spares rebuilding, and drawing twice from it gives the same rows.
  const followed = useRef<FollowedTranscript>(nothingFollowed);
  const transcript = useMemo(() => {
    followed.current = followEvents(followed.current, events);
    return followed.current.transcript;
  }, [events]);
  return useMemo(() => [...transcript.rows, ...openRows(blocks, transcript)], [transcript, blocks]);
}
