import { useRef } from "react";
import { PermissionInbox } from "./permissions/PermissionInbox.tsx";
import { useFocusRequest } from "./useFocusRequest.ts";

const focusable = 'button:not(:disabled), input, textarea, select, [tabindex]:not([tabindex="-1"])';

/** The place of the permission inbox, which takes the keyboard when it is asked for. */
export function InboxPanel() {
  const panel = useRef<HTMLElement>(null);
  useFocusRequest("inbox", () => {
    const card = panel.current?.querySelector<HTMLElement>("[data-permission-card]");
    const target = card ?? panel.current?.querySelector<HTMLElement>(focusable) ?? panel.current;
    target?.focus();
  });
  return (
    <aside ref={panel} tabIndex={-1} aria-label="Permission inbox" className="h-full min-h-0 bg-panel">
      <PermissionInbox />
    </aside>
  );
}
