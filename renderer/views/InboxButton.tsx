import { Inbox } from "lucide-react";
import { Button } from "../components/Button.tsx";
import { usePermissions } from "./useStores.ts";

/** Leads to the permission inbox where it is not in sight, and says how many requests wait. */
export function InboxButton({ onOpen }: { readonly onOpen: () => void }) {
  const pending = usePermissions((state) => state.pending.length);
  return (
    <Button size="small" onClick={onOpen}>
      <Inbox aria-hidden className="size-3.5" />
      <span className="max-sm:sr-only">Inbox</span>
      <span className={pending > 0 ? "font-semibold text-warn" : "text-dim"}>{pending}</span>
    </Button>
  );
}
