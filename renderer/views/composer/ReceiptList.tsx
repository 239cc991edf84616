import { useMemo, useState } from "react";
import type { Payload } from "../../../shared/model/payload.ts";
import { Button } from "../../components/Button.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { isCancellable, payloadsOf } from "../../stores/payloadsStore.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { usePayloads } from "../useStores.ts";
import { kindWords } from "./kinds.ts";
import { ReceiptTrack } from "./ReceiptTrack.tsx";

/** Payloads that show without asking for more: what was just sent. */
const SHORT_LIST = 2;

/** What was sent into this session and how far each payload got, the newest first. */
export function ReceiptList({ sessionId }: { readonly sessionId: string }) {
  const byId = usePayloads((state) => state.byId);
  const [showAll, setShowAll] = useState(false);
  const payloads = useMemo(() => payloadsOf(byId, sessionId), [byId, sessionId]);
  if (payloads.length === 0) return null;
  const shown = showAll ? payloads : payloads.slice(0, SHORT_LIST);
  const hidden = payloads.length - SHORT_LIST;
  return (
    <section aria-label="Sent payloads" className="border-t border-line pt-1.5">
      <ul className="flex flex-col gap-1" aria-live="polite" aria-relevant="additions text">
        {shown.map((payload) => (
          <Sent key={payload.payloadId} payload={payload} />
        ))}
      </ul>
      {hidden > 0 && (
        <Button look="quiet" size="small" aria-expanded={showAll} onClick={() => setShowAll(!showAll)}>
          {showAll ? "Show fewer" : `Show ${hidden} more`}
        </Button>
      )}
    </section>
  );
}

function Sent({ payload }: { readonly payload: Payload }) {
  const cancel = usePayloads((state) => state.cancel);
  const isCancelling = usePayloads((state) => state.cancelling[payload.payloadId] === true);
  return (
    <li className="flex flex-wrap items-center gap-x-2">
      <span className="w-17 shrink-0 text-xs font-medium">{kindWords[payload.kind].label}</span>
      <span className="w-7 shrink-0 text-xs text-dim">
        <RelativeTime at={payload.composedAt} />
      </span>
      <span className="min-w-12 grow basis-32 truncate text-xs text-dim" title={visibleText(payload.text)}>
        {visibleText(payload.text)}
      </span>
      <ReceiptTrack payload={payload} />
      {isCancellable(payload) && (
        <Button size="small" disabled={isCancelling} onClick={() => void cancel(payload.payloadId)}>
          {isCancelling ? "Cancelling…" : "Cancel"}
        </Button>
      )}
    </li>
  );
}
