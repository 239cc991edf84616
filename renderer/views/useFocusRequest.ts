import { useEffect, useEffectEvent } from "react";
import type { FocusPlace } from "../stores/uiStore.ts";
import { useUi } from "./useStores.ts";

/** Calls `focus` when the keyboard was asked to come to this place, now or before the place was on the screen. */
export function useFocusRequest(place: FocusPlace, focus: () => void): void {
  const isAsked = useUi((state) => state.focusRequest === place);
  const end = useUi((state) => state.endFocusRequest);
  const takeFocus = useEffectEvent(focus);
  useEffect(() => {
    if (!isAsked) return;
    takeFocus();
    end();
  }, [isAsked, end]);
}
