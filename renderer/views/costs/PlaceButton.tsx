import { ScrollText } from "lucide-react";
import { Button } from "../../components/Button.tsx";
import { useUi } from "../useStores.ts";

/** Leads from a cost to what was said there; nothing where the transcript does not have it. */
export function PlaceButton({ sessionId, seq }: { readonly sessionId: string; readonly seq: number | null }) {
  const showPlace = useUi((state) => state.showPlace);
  if (seq === null) return null;
  return (
    <Button size="small" onClick={() => showPlace({ sessionId, seq })}>
      <ScrollText aria-hidden className="size-3.5" /> Show in the transcript
    </Button>
  );
}
