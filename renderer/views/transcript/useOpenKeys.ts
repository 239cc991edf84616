import { useCallback, useState } from "react";

const noKeys: ReadonlySet<string> = new Set();

/** Rows that are unfolded; forgotten with the session. */
export function useOpenKeys(sessionId: string | null) {
  const [open, setOpen] = useState({ sessionId, keys: noKeys });
  const toggle = useCallback(
    (key: string) =>
      setOpen((before) => ({ sessionId, keys: toggled(before.sessionId === sessionId ? before.keys : noKeys, key) })),
    [sessionId],
  );
  const unfold = useCallback(
    (keys: readonly string[]) =>
      setOpen((before) => ({
        sessionId,
        keys: new Set([...(before.sessionId === sessionId ? before.keys : noKeys), ...keys]),
      })),
    [sessionId],
  );
  return { openKeys: open.sessionId === sessionId ? open.keys : noKeys, toggle, unfold };
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}
