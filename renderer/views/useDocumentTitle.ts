import { useEffect } from "react";
import { usePermissions } from "./useStores.ts";

/** Shows in the window's title how many requests wait. */
export function useDocumentTitle(): void {
  const count = usePermissions((state) => state.pending.length);
  useEffect(() => {
    document.title = count === 0 ? "Switchboard" : `(${count}) Switchboard`;
  }, [count]);
}
