import { useEffect, useState } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { usePermissions, useStores } from "../useStores.ts";

/** How long a settled card stays: long enough to read who decided, short enough not to be in the way. */
const LINGER_MS = 4_000;

interface Lingering {
  readonly permissionId: string;
  /** When its card leaves, in milliseconds. */
  readonly until: number;
}

/** Pending requests and those that were settled a moment ago, oldest first. */
export function useInboxCards(): readonly Permission[] {
  const pending = usePermissions((state) => state.pending);
  const settled = usePermissions((state) => state.settled);
  const lingering = useLingering();
  const outcomes = settled.filter((permission) =>
    lingering.some(({ permissionId }) => permissionId === permission.permissionId),
  );
  return [...pending, ...outcomes].toSorted((one, other) => one.requestedAt.localeCompare(other.requestedAt));
}

/** Requests that stopped waiting a moment ago. */
function useLingering(): readonly Lingering[] {
  const { permissions } = useStores();
  const [lingering, setLingering] = useState<readonly Lingering[]>([]);

  // Told by the store in the same moment as the views, so that no card disappears before its outcome shows.
  useEffect(
    () =>
      permissions.subscribe(({ pending }, before) => {
        const left = before.pending.filter(({ permissionId }) => !holds(pending, permissionId));
        if (left.length === 0) return;
        const until = Date.now() + LINGER_MS;
        setLingering((ids) => [...ids, ...left.map(({ permissionId }) => ({ permissionId, until }))]);
      }),
    [permissions],
  );

  useEffect(() => {
    const first = lingering[0];
    if (first === undefined) return;
    const leave = (): void => setLingering((ids) => ids.filter(({ until }) => until > Date.now()));
    const timer = setTimeout(leave, Math.max(0, first.until - Date.now()));
    return () => clearTimeout(timer);
  }, [lingering]);

  return lingering;
}

function holds(permissions: readonly Permission[], permissionId: string): boolean {
  return permissions.some((permission) => permission.permissionId === permissionId);
}
