import type { AppStores } from "../../stores/appStores.ts";

/** Shows the budgets on the Costs page and brings the keyboard there. */
export function showBudgets({ costs, ui }: Pick<AppStores, "costs" | "ui">): void {
  costs.getState().openDrill(null);
  ui.getState().requestFocus("budgets");
}
