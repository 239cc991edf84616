import { useMemo, useState } from "react";
import { useFeed } from "../useStores.ts";
import { followEvents, nothingFollowed } from "./followEvents.ts";
import { openRows } from "./openRows.ts";
import type { TranscriptRow } from "./transcriptRow.ts";

/** The rows of the chosen session, kept up with its feed. */
export function useTranscript(): readonly TranscriptRow[] {
  const events = useFeed((state) => state.events);
  const blocks = useFeed((state) => state.openBlocks);
  const [before, setFollowed] = useState(nothingFollowed);
  const followed = useMemo(() => followEvents(before, events), [before, events]);
  // Kept while drawing, so that the next events only add to what is there.
  if (followed !== before) setFollowed(followed);
  const { transcript } = followed;
  return useMemo(() => [...transcript.rows, ...openRows(blocks, transcript)], [transcript, blocks]);
}
