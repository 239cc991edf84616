import { Maximize2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { useUi } from "../useStores.ts";
import { pressDecisionKey, takesText } from "./decisionKeys.ts";
import { PermissionRequest } from "./PermissionRequest.tsx";
import { RequestHeader } from "./RequestHeader.tsx";
import { SettledNotice } from "./SettledNotice.tsx";

/** One request in the inbox. Once settled it shows the outcome until the inbox takes it away. */
export function PermissionCard({
  permission,
  onMove,
}: {
  readonly permission: Permission;
  /** `j` and `k`: to the next and the previous card. */
  readonly onMove: (from: HTMLElement, step: 1 | -1) => void;
}) {
  const titleId = useId();
  const focusPermission = useUi((state) => state.focusPermission);
  const openDialog = useUi((state) => state.openDialog);
  const isPending = permission.status === "pending";
  const card = useRef<HTMLElement>(null);
  const hasFocus = useRef(false);
  useEffect(() => {
    // The button that decided is gone; without this the keyboard would be nowhere.
    if (!isPending && hasFocus.current && document.activeElement === document.body) card.current?.focus();
  }, [isPending]);
  const open = (): void => openDialog({ kind: "permission", permissionId: permission.permissionId });

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (pressDecisionKey(event) || takesText(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j" || event.key === "k") onMove(event.currentTarget, event.key === "j" ? 1 : -1);
    else if (event.key === "Enter" && event.target === event.currentTarget) open();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys press buttons inside
    <article
      tabIndex={0}
      data-permission-card={permission.permissionId}
      aria-labelledby={titleId}
      className={cn(
        "flex flex-col gap-2.5 rounded-lg border border-line bg-raised p-3",
        isPending ? "border-l-3 border-l-warn" : "opacity-90",
      )}
      ref={card}
      onFocus={() => {
        hasFocus.current = true;
        focusPermission(permission.permissionId);
      }}
      onBlur={(event) => {
        // A focus that goes nowhere is a button that went away: the card keeps it.
        if (event.relatedTarget !== null) hasFocus.current = event.currentTarget.contains(event.relatedTarget);
      }}
      onKeyDown={onKeyDown}
    >
      <div className="flex items-start gap-1">
        <div className="min-w-0 grow">
          <RequestHeader permission={permission} titleId={titleId} />
        </div>
        {isPending && (
          <Button look="quiet" size="icon" className="-mt-1 -mr-1" aria-label="Open in a dialog" onClick={open}>
            <Maximize2 aria-hidden className="size-3.5" />
          </Button>
        )}
      </div>
      {isPending ? (
        <PermissionRequest permission={permission} firstFocus="none" />
      ) : (
        <SettledNotice permission={permission} />
      )}
    </article>
  );
}
