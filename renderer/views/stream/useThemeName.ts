import { useSyncExternalStore } from "react";
import type { ThemeName } from "../../terminal/terminalTheme.ts";
import { useUi } from "../useStores.ts";

const DARK_QUERY = "(prefers-color-scheme: dark)";

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(DARK_QUERY);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** The theme that is in effect: the person's choice, else the system's. */
export function useThemeName(): ThemeName {
  const chosen = useUi((state) => state.theme);
  const systemIsDark = useSyncExternalStore(subscribe, () => window.matchMedia(DARK_QUERY).matches);
  if (chosen !== "system") return chosen;
  return systemIsDark ? "dark" : "light";
}
