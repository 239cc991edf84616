import { useEffect, useRef } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { Button } from "../../components/Button.tsx";
import { Modal } from "../../components/Modal.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { usePermissions, useSessions, useUi } from "../useStores.ts";
import { pressDecisionKey } from "./decisionKeys.ts";
import { PermissionRequest } from "./PermissionRequest.tsx";
import { permissionTitle } from "./permissionTitle.ts";
import { SettledNotice } from "./SettledNotice.tsx";

/** One request with all the room it needs; opened from its card, from a notification, or by keyboard. */
export function PermissionDialog() {
  const dialog = useUi((state) => state.dialog);
  const openDialog = useUi((state) => state.openDialog);
  const permissionId = dialog?.kind === "permission" ? dialog.permissionId : null;
  const permission = usePermissions((state) => find(state, permissionId));
  if (permissionId === null) return null;
  const close = (): void => openDialog(null);
  if (permission === undefined) {
    return (
      <Modal title="Permission request" onClose={close}>
        This request is not known here any more. <Button onClick={close}>Close</Button>
      </Modal>
    );
  }
  return <RequestDialog key={permissionId} permission={permission} onClose={close} />;
}

function RequestDialog({ permission, onClose }: { readonly permission: Permission; readonly onClose: () => void }) {
  const sessionTitle = useSessions((state) => state.byId[permission.sessionId]?.title ?? permission.projectPath);
  useCloseAfterDeciding(permission, onClose);
  return (
    <Modal
      title={permissionTitle(permission)}
      description={visibleText(sessionTitle)}
      onClose={onClose}
      className="w-[min(52rem,calc(100vw-1.5rem))]"
    >
      <RequestContent permission={permission} onClose={onClose} />
    </Modal>
  );
}

/** A component of its own because the dialog draws its content later than itself, and the focus needs the content. */
function RequestContent({ permission, onClose }: { readonly permission: Permission; readonly onClose: () => void }) {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Deny takes the focus itself where refusing shall be easy; elsewhere nothing is chosen in advance.
    if (content.current?.contains(document.activeElement) !== true) content.current?.focus();
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- `a` and `d` press buttons inside
    <div
      ref={content}
      role="group"
      aria-label="Request"
      tabIndex={-1}
      className="outline-none"
      onKeyDown={(event) => void pressDecisionKey(event)}
    >
      {permission.status === "pending" ? (
        <PermissionRequest permission={permission} firstFocus={permission.defaultToNo ? "deny" : "none"} />
      ) : (
        <div className="flex items-start gap-3">
          <div className="grow">
            <SettledNotice permission={permission} />
          </div>
          <Button onClick={onClose}>Close</Button>
        </div>
      )}
    </div>
  );
}

/** A decision made here closes the dialog; one made elsewhere stays to be read. */
function useCloseAfterDeciding({ permissionId, status }: Permission, onClose: () => void): void {
  const isDeciding = usePermissions((state) => state.deciding[permissionId] !== undefined);
  const decidedHere = useRef(false);
  useEffect(() => {
    if (isDeciding) decidedHere.current = true;
    else if (decidedHere.current && (status === "allowed" || status === "denied")) onClose();
    else if (status === "pending") decidedHere.current = false;
  }, [isDeciding, status, onClose]);
}

function find(
  state: { readonly pending: readonly Permission[]; readonly settled: readonly Permission[] },
  permissionId: string | null,
): Permission | undefined {
  const isIt = (permission: Permission): boolean => permission.permissionId === permissionId;
  return state.pending.find(isIt) ?? state.settled.find(isIt);
}
