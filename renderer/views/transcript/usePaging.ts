import { type RefObject, useEffect, useEffectEvent } from "react";
import { useFeed, useStores, useTranscriptWindow } from "../useStores.ts";

/** Pixels from either end within which further events are loaded. */
const NEAR_PX = 400;

/** What lies beyond the first and the last row. */
export interface Paging {
  readonly older: "none" | "available" | "loading";
  readonly newer: "none" | "available" | "loading";
  /** To be called when the view scrolls. */
  readonly onScroll: () => void;
}

interface Shown extends Pick<Paging, "older" | "newer"> {
  readonly rowCount: number;
}

/**
 * Loads further events when an end comes near: by scrolling, or because the rows do not fill the view. Where the live
 * end holds as much as it may, reading on upwards goes over into a window that slides.
 */
export function usePaging(scroller: RefObject<HTMLElement | null>, isAway: boolean, rowCount: number): Paging {
  const { feed, transcriptWindow } = useStores();
  const feedOlder = useFeed((state) => state.older);
  const { hasOlder, hasNewer, isLoadingOlder, isLoadingNewer } = useTranscriptWindow((state) => state);
  const windowOlder = isLoadingOlder ? "loading" : hasOlder ? "available" : "none";
  const older = isAway ? windowOlder : feedOlder === "full" ? "available" : feedOlder;
  const newer = !isAway ? "none" : isLoadingNewer ? "loading" : hasNewer ? "available" : "none";

  const loadOlder = (): void => {
    const { older: held, sessionId, events, loadOlder: load } = feed.getState();
    if (isAway) void transcriptWindow.getState().loadOlder();
    else if (held === "full" && sessionId !== null) void transcriptWindow.getState().openFrom(sessionId, events);
    else void load();
  };
  const look = (shown: Shown, isScrolled: boolean): void => {
    const element = scroller.current;
    if (element === null || shown.rowCount === 0) return;
    const { scrollTop, scrollHeight, clientHeight } = element;
    const isFilled = scrollHeight > clientHeight;
    if (shown.older === "available" && (isFilled ? isScrolled && scrollTop < NEAR_PX : true)) loadOlder();
    const left = scrollHeight - clientHeight - scrollTop;
    if (shown.newer === "available" && (isFilled ? isScrolled && left < NEAR_PX : true)) {
      void transcriptWindow.getState().loadNewer();
    }
  };
  const lookUnasked = useEffectEvent((shown: Shown) => look(shown, false));
  useEffect(() => lookUnasked({ rowCount, older, newer }), [rowCount, older, newer]);
  return { older, newer, onScroll: () => look({ rowCount, older, newer }, true) };
}
