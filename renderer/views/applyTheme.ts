import type { UiStore } from "../stores/uiStore.ts";

/** Keeps `data-theme` on the document in step with the chosen theme; `system` leaves the choice to the stylesheet. */
export function applyTheme(ui: UiStore): () => void {
  const apply = (): void => {
    const { theme } = ui.getState();
    if (theme === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
  };
  apply();
  return ui.subscribe(apply);
}
