import type { DesktopBridge } from "../../shared/contract/bridge.ts";
import type { AppStores } from "../stores/appStores.ts";
import { showBudgets } from "./budgets/showBudgets.ts";

/** Does what the desktop's menus and notifications ask of the page. Returns the way to stop it. */
export function obeyShell(bridge: DesktopBridge, stores: Pick<AppStores, "costs" | "ui">): () => void {
  return bridge.shell.onCommand((command) => {
    const { openDialog, focusPermission } = stores.ui.getState();
    switch (command.kind) {
      case "focusPermission":
        focusPermission(command.permissionId);
        openDialog({ kind: "permission", permissionId: command.permissionId });
        return;
      case "showBudgets":
        showBudgets(stores);
        return;
      case "newSession":
        openDialog({ kind: "newSession", cwd: null, resume: null });
        return;
      case "commandPalette":
        openDialog({ kind: "palette" });
        return;
      case "settings":
        openDialog({ kind: "settings" });
    }
  });
}
