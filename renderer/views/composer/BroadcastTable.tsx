import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button.tsx";
import { budgetRefusalOf } from "../../stores/budgetRefusal.ts";
import type { BroadcastRow } from "../../stores/payloadsStore.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { RefusedByBudget } from "../budgets/RefusedByBudget.tsx";
import { usePayloads, useSessions } from "../useStores.ts";
import { ReceiptTrack } from "./ReceiptTrack.tsx";

/** The last broadcast of this window: one row and one receipt for each session. */
export function BroadcastTable() {
  const broadcast = usePayloads((state) => state.broadcasts[0]);
  const [dismissed, setDismissed] = useState<string | null>(null);
  if (broadcast === undefined || broadcast.broadcastId === dismissed) return null;
  return (
    <section aria-label="Last broadcast" className="rounded-md border border-line">
      <div className="flex items-center justify-between pl-2 text-xs font-medium text-dim">
        Sent to {broadcast.rows.length} sessions
        <Button
          look="quiet"
          size="icon"
          aria-label="Hide the broadcast"
          onClick={() => setDismissed(broadcast.broadcastId)}
        >
          <X aria-hidden className="size-3.5" />
        </Button>
      </div>
      <table className="w-full text-xs">
        <thead className="sr-only">
          <tr>
            <th scope="col">Session</th>
            <th scope="col">Receipt</th>
          </tr>
        </thead>
        <tbody>
          {broadcast.rows.map((row) => (
            <Row key={row.sessionId} broadcastId={broadcast.broadcastId} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ broadcastId, row }: { readonly broadcastId: string; readonly row: BroadcastRow }) {
  const sendAgain = usePayloads((state) => state.sendAgain);
  const refusal = row.error === null ? null : budgetRefusalOf(row.error);
  const title = visibleText(useSessions((state) => state.byId[row.sessionId]?.title ?? row.sessionId));
  const payload = usePayloads((state) => (row.payloadId === null ? undefined : state.byId[row.payloadId]));
  return (
    <tr className="border-t border-line">
      <th scope="row" className="max-w-40 truncate px-2 py-1 text-left font-normal" title={title}>
        {title}
      </th>
      <td className="px-2 py-1">
        {payload !== undefined && <ReceiptTrack payload={payload} />}
        {row.error !== null && refusal === null && <span className="text-danger">Not sent: {row.error.message}</span>}
        {refusal !== null && (
          <RefusedByBudget
            refusal={refusal}
            what="Not sent"
            goOnWords="Let work go on and send"
            onGoOn={() => void sendAgain(broadcastId, row.sessionId)}
          />
        )}
      </td>
    </tr>
  );
}
