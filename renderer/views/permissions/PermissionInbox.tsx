import { type RefObject, useEffect, useRef } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { usePermissions, useUi } from "../useStores.ts";
import { PermissionCard } from "./PermissionCard.tsx";
import { RecentDecisions } from "./RecentDecisions.tsx";
import { useInboxCards } from "./useInboxCards.ts";

/** Every request that waits for a person, over all sessions, oldest first; below, what was decided lately. */
export function PermissionInbox() {
  const cards = useInboxCards();
  const waiting = usePermissions((state) => state.pending.length);
  const list = useRef<HTMLDivElement>(null);

  const move = (from: HTMLElement, step: 1 | -1): void => {
    const all = [...(list.current?.querySelectorAll<HTMLElement>("[data-permission-card]") ?? [])];
    all[all.indexOf(from) + step]?.focus();
  };

  useFocusNextCard(cards, list);

  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 className="font-semibold">Permission inbox</h2>
        <span
          role="status"
          className={
            waiting === 0 ? "text-xs text-dim" : "rounded-full bg-warn-soft px-2 text-xs font-semibold text-warn"
          }
        >
          {waiting === 0 ? "" : `${waiting} waiting`}
        </span>
      </header>
      <div className="min-h-0 grow overflow-y-auto">
        {cards.length === 0 ? (
          <NothingWaits />
        ) : (
          <div ref={list} className="flex flex-col gap-2.5 p-2.5">
            {cards.map((permission) => (
              <PermissionCard key={permission.permissionId} permission={permission} onMove={move} />
            ))}
          </div>
        )}
        <RecentDecisions />
      </div>
    </div>
  );
}

/** When the card that had the keyboard leaves, the oldest one left gets it. */
function useFocusNextCard(cards: readonly Permission[], list: RefObject<HTMLElement | null>): void {
  const focusedId = useUi((state) => state.focusedPermissionId);
  const focusPermission = useUi((state) => state.focusPermission);
  const isGone = focusedId !== null && !cards.some((permission) => permission.permissionId === focusedId);
  useEffect(() => {
    if (!isGone) return;
    focusPermission(null);
    if (document.activeElement === document.body)
      list.current?.querySelector<HTMLElement>("[data-permission-card]")?.focus();
  }, [isGone, focusPermission, list]);
}

function NothingWaits() {
  const loaded = usePermissions((state) => state.loaded);
  if (!loaded) return <EmptyState title="Waiting for the host…" />;
  return (
    <EmptyState title="Nothing waits for you">
      When a session asks for permission, has a question or a plan, it appears here.
    </EmptyState>
  );
}
