import { type RefObject, useLayoutEffect, useRef } from "react";

export interface EndInSight {
  /** Scrolls to the end, and stays there while rows turn out to be higher than was thought. */
  readonly goToEnd: () => void;
  /** To be called as soon as a person scrolls or chooses something. */
  readonly letGo: () => void;
}

/**
 * Shows the end of a scrolled list of which only rows in sight are measured: each measured row moves the end, so it is
 * gone to again after each drawing until a person takes over.
 */
export function useEndInSight(scroller: RefObject<HTMLElement | null>): EndInSight {
  const isWanted = useRef(false);
  const scroll = (): void => {
    const element = scroller.current;
    if (!isWanted.current || element === null) return;
    const { scrollHeight, clientHeight, scrollTop } = element;
    if (scrollHeight - clientHeight - scrollTop > 1) element.scrollTo(0, scrollHeight);
  };
  useLayoutEffect(scroll);
  return {
    goToEnd: () => {
      isWanted.current = true;
      scroll();
    },
    letGo: () => {
      isWanted.current = false;
    },
  };
}
