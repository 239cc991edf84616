import { Info, TriangleAlert } from "lucide-react";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { useConnection, useCosts } from "../useStores.ts";
import { type CostNote, costNotes } from "./costNotes.ts";

const toneClass: Readonly<Record<CostNote["tone"], string>> = {
  info: "bg-panel border-line",
  warn: "bg-warn-soft border-warn/40",
  danger: "bg-danger-soft border-danger/40",
};

/** What is missing from the figures, or wrong with them. */
export function CostNoteList() {
  const { history, unpriced, prices, ledger } = useCosts((state) => state.answers);
  const failure = useCosts((state) => state.failure);
  const openDrill = useCosts((state) => state.openDrill);
  const host = useConnection((state) => state.host);
  const notes = costNotes({ history: history?.report ?? null, unpriced, prices, ledger, host, failure });
  return (
    <ul aria-label="About these figures" className="flex flex-col gap-1 empty:hidden">
      {notes.map(({ id, tone, text, action }) => (
        <li key={id} className={cn("flex items-center gap-2 rounded-md border px-2.5 py-1", toneClass[tone])}>
          {tone === "info" ? (
            <Info aria-hidden className="size-3.5 shrink-0 text-dim" />
          ) : (
            <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
          )}
          <span className="min-w-0 grow wrap-anywhere">{text}</span>
          {action === "showUnpriced" && (
            <Button size="small" className="shrink-0" onClick={() => openDrill({ kind: "unpriced" })}>
              Show them
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
