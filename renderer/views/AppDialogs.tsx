import { BudgetDialog } from "./budgets/BudgetDialog.tsx";
import { DeleteBudgetDialog } from "./budgets/DeleteBudgetDialog.tsx";
import { OverrideDialog } from "./budgets/OverrideDialog.tsx";
import { CommandPalette } from "./palette/CommandPalette.tsx";
import { PermissionDialog } from "./permissions/PermissionDialog.tsx";
import { StopProcessDialog } from "./processes/StopProcessDialog.tsx";
import { ConfirmCloseDialog } from "./session/ConfirmCloseDialog.tsx";
import { LabelDialog } from "./session/LabelDialog.tsx";
import { RenameDialog } from "./session/RenameDialog.tsx";
import { KeysDialog } from "./settings/KeysDialog.tsx";
import { SettingsDialog } from "./settings/SettingsDialog.tsx";
import { NewSessionDialog } from "./start/NewSessionDialog.tsx";
import { useUi } from "./useStores.ts";

/** The dialog that is open, if any. */
export function AppDialogs() {
  const dialog = useUi((state) => state.dialog);
  const openDialog = useUi((state) => state.openDialog);
  const close = (): void => openDialog(null);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "newSession":
      return (
        <NewSessionDialog cwd={dialog.cwd} resume={dialog.resume} isFork={dialog.isFork ?? true} onClose={close} />
      );
    case "palette":
      return <CommandPalette onClose={close} />;
    case "keys":
      return <KeysDialog onClose={close} />;
    case "settings":
      return <SettingsDialog onClose={close} />;
    case "rename":
      return <RenameDialog sessionId={dialog.sessionId} onClose={close} />;
    case "label":
      return <LabelDialog sessionId={dialog.sessionId} onClose={close} />;
    case "confirmClose":
      return <ConfirmCloseDialog sessionId={dialog.sessionId} onClose={close} />;
    case "stopProcess":
      return <StopProcessDialog row={dialog.process} onClose={close} />;
    case "permission":
      return <PermissionDialog />;
    case "budget":
      return <BudgetDialog budgetId={dialog.budgetId} scope={dialog.scope} onClose={close} />;
    case "overrideBudget":
      return <OverrideDialog budgetId={dialog.budgetId} sessionId={dialog.sessionId} onClose={close} />;
    case "deleteBudget":
      return <DeleteBudgetDialog budgetId={dialog.budgetId} onClose={close} />;
  }
}
