import { useEffect, useMemo, useRef } from "react";
import { holdsPlace } from "../../stores/transcriptWindow.ts";
import type { ShownPlace } from "../../stores/uiStore.ts";
import { useFeed, useStores, useTranscriptWindow, useUi } from "../useStores.ts";
import { placeRowKey } from "./placeRow.ts";
import type { ShownTranscript } from "./useTranscript.ts";

/** The row that a search or a jump led to; null when there is none, or while its events are on their way. */
export function useShownPlace({ sessionId, events, rows, isAway }: ShownTranscript): string | null {
  const place = useUi((state) => state.place);
  const phase = useFeed((state) => state.phase);
  const isLoading = useTranscriptWindow((state) => state.phase === "loading");
  useWindowAt(sessionId, phase);
  return useMemo(() => {
    const isHere = place !== null && place.sessionId === sessionId && !isLoading;
    if (!isHere || (!isAway && !holdsPlace(events, place.seq))) return null;
    return placeRowKey(place.seq, events, rows);
  }, [place, sessionId, isLoading, isAway, events, rows]);
}

/** Opens a window where the place lies outside of what is shown, and closes it with the place or the session. */
function useWindowAt(sessionId: string | null, phase: "none" | "loading" | "live" | "failed"): void {
  const { transcriptWindow, feed } = useStores();
  const place = useUi((state) => state.place);
  const shown = useRef<ShownPlace | null>(null);
  useEffect(() => {
    const window = transcriptWindow.getState();
    const wasLeft = shown.current !== null && place === null;
    const isElsewhere = window.sessionId !== null && window.sessionId !== sessionId;
    if (wasLeft || isElsewhere) window.close();
    // The newest events are on their way: the place may be among them.
    if (place !== null && (place.sessionId !== sessionId || phase === "loading")) return;
    if (place === shown.current && !isElsewhere) return;
    shown.current = place;
    if (place === null || isShown(transcriptWindow.getState(), place)) return;
    if (phase === "live" && holdsPlace(feed.getState().events, place.seq)) window.close();
    else void window.openAt(place.sessionId, place.seq);
  }, [place, sessionId, phase, transcriptWindow, feed]);
}

function isShown(
  window: { readonly sessionId: string | null; readonly events: Parameters<typeof holdsPlace>[0] },
  place: { readonly sessionId: string; readonly seq: number },
): boolean {
  return window.sessionId === place.sessionId && holdsPlace(window.events, place.seq);
}
