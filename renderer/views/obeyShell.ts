import type { DesktopBridge } from "../../shared/contract/bridge.ts";
import type { UiStore } from "../stores/uiStore.ts";

/** Does what the desktop's menus and notifications ask of the page. Returns the way to stop it. */
export function obeyShell(bridge: DesktopBridge, ui: UiStore): () => void {
  return bridge.shell.onCommand((command) => {
    const { openDialog, focusPermission } = ui.getState();
    switch (command.kind) {
      case "focusPermission":
        focusPermission(command.permissionId);
        openDialog({ kind: "permission", permissionId: command.permissionId });
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
