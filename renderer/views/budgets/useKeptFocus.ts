import { useEffect, useRef } from "react";

/** A button that cannot be pressed loses the keyboard. When it is done, this gives it back, or to the list item around it. */
export function useKeptFocus(isBusy: boolean): (button: HTMLElement) => void {
  const kept = useRef<{ readonly button: HTMLElement; readonly item: HTMLElement | null } | null>(null);
  useEffect(() => {
    if (isBusy || kept.current === null) return;
    const { button, item } = kept.current;
    kept.current = null;
    // Somebody went elsewhere meanwhile.
    if (document.activeElement !== document.body && document.activeElement !== button) return;
    if (button.isConnected) button.focus();
    else item?.focus();
  }, [isBusy]);
  return (button) => {
    kept.current = { button, item: button.closest("li") };
  };
}
