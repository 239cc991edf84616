import { useEffect, useState } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { usePermissions } from "../useStores.ts";

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
  const [shown, setShown] = useState(pending);
  const [lingering, setLingering] = useState<readonly Lingering[]>([]);

  // Compared while drawing, so that a card never disappears for one frame before its outcome shows.
  if (shown !== pending) {
    const left = shown.filter((before) => !pending.some((now) => now.permissionId === before.permissionId));
    setShown(pending);
    const until = Date.now() + LINGER_MS;
    if (left.length > 0) setLingering((ids) => [...ids, ...left.map(({ permissionId }) => ({ permissionId, until }))]);
  }

  useEffect(() => {
    const first = lingering[0];
    if (first === undefined) return;
    const leave = (): void => setLingering((ids) => ids.filter(({ until }) => until > Date.now()));
    const timer = setTimeout(leave, Math.max(0, first.until - Date.now()));
    return () => clearTimeout(timer);
  }, [lingering]);

  const outcomes = settled.filter((permission) => lingering.some((left) => left.permissionId === permission.permissionId));
  return [...pending, ...outcomes].sort((one, other) => one.requestedAt.localeCompare(other.requestedAt));
}
