import { Tag } from "lucide-react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { Button } from "../../components/Button.tsx";
import { useUi } from "../useStores.ts";

/** What the session is labelled with; a click changes it. Nothing where there is no label: the menu sets one. */
export function LabelButton({ session: { sessionId, label } }: { readonly session: SessionSummary }) {
  const openDialog = useUi((state) => state.openDialog);
  if (label === null) return null;
  const words = visibleText(label);
  return (
    <Button
      look="quiet"
      size="small"
      className="-mx-1 h-5 max-w-64 min-w-0 px-1"
      aria-label={`Label: ${words}; change it`}
      title={`Label: ${words}`}
      onClick={() => openDialog({ kind: "label", sessionId })}
    >
      <Tag aria-hidden className="size-3 shrink-0" />
      <span className="truncate">{words}</span>
    </Button>
  );
}
