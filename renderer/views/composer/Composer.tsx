import { Send } from "lucide-react";
import { useRef } from "react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { controlClass } from "../../components/controls.ts";
import { COMMAND_KEY, Keys, keyHintClass } from "../../components/Keys.tsx";
import { deliveryOf, type Draft, type DraftEdit, emptyDraft, previewOf } from "../../stores/draft.ts";
import { RefusedByBudget } from "../budgets/RefusedByBudget.tsx";
import { useFocusRequest } from "../useFocusRequest.ts";
import { useComposer, useConnection } from "../useStores.ts";
import { BroadcastTable } from "./BroadcastTable.tsx";
import { DeliverySelect } from "./DeliverySelect.tsx";
import { KindControl } from "./KindControl.tsx";
import { MetadataRows } from "./MetadataRows.tsx";
import { PayloadPreview } from "./PayloadPreview.tsx";
import { PresetsMenu } from "./PresetsMenu.tsx";
import { ProgressSlider } from "./ProgressSlider.tsx";
import { ReceiptList } from "./ReceiptList.tsx";
import { TargetsMenu } from "./TargetsMenu.tsx";

/** Where a person writes into the session: kind, targets, text, delivery, exact preview, and the receipts. */
export function Composer({ session }: { readonly session: SessionSummary }) {
  const { sessionId } = session;
  const draft = useComposer((state) => state.drafts[sessionId] ?? emptyDraft);
  const { edit, send, sender } = useComposer((state) => state);
  const obstacle = useObstacle(session);
  const sending = draft.phase === "sending";
  const change = (edited: DraftEdit): void => edit(sessionId, edited);
  const canSend = obstacle === null && !sending && draft.text.trim() !== "";
  const sendIt = (): void => void (canSend && send(sessionId));
  // Nothing can be written to a session that nothing leads into; what was written before it ended stays to be copied.
  if (session.routes.length === 0 && obstacle !== null && draft.text.trim() === "" && draft.problem === null) {
    return <FoldedComposer sessionId={sessionId} obstacle={obstacle} />;
  }
  return (
    <section aria-label="Composer" className="flex max-h-[65%] flex-col gap-1.5 border-t border-line bg-panel p-2.5">
      <ComposerHead sessionId={sessionId} draft={draft} onChange={change} />
      <TextBox text={draft.text} disabled={sending} onText={(text) => change({ text })} onSend={sendIt} />
      <KindFields draft={draft} onChange={change} />
      <div className="flex flex-wrap items-center gap-2">
        <DeliverySelect
          kind={draft.kind}
          delivery={deliveryOf(draft)}
          disabled={sending}
          onDelivery={(delivery) => change({ delivery })}
        />
        <Button look="primary" disabled={!canSend} onClick={sendIt}>
          <Send aria-hidden className="size-3.5" />
          {sending ? "Sending…" : "Send"}
        </Button>
      </div>
      <Problems obstacle={obstacle} problem={draft.refusal === null ? draft.problem : null} />
      {draft.refusal !== null && (
        <RefusedByBudget
          refusal={draft.refusal}
          what="Not sent"
          goOnWords="Let work go on and send"
          onGoOn={() => void send(sessionId)}
        />
      )}
      <div
        role="region"
        aria-label="Preview and receipts"
        tabIndex={0}
        className="flex min-h-6 flex-col gap-1.5 overflow-y-auto"
      >
        <PayloadPreview preview={previewOf(draft, sender)} />
        <BroadcastTable />
        <ReceiptList sessionId={sessionId} />
      </div>
    </section>
  );
}

function FoldedComposer({ sessionId, obstacle }: { readonly sessionId: string; readonly obstacle: string }) {
  return (
    <section aria-label="Composer" className="flex max-h-[40%] flex-col gap-1.5 border-t border-line bg-panel p-2.5">
      <p className="text-xs text-dim">{obstacle}</p>
      <div role="region" aria-label="Receipts" tabIndex={0} className="flex flex-col gap-1.5 overflow-y-auto">
        <BroadcastTable />
        <ReceiptList sessionId={sessionId} />
      </div>
    </section>
  );
}

interface DraftProps {
  readonly draft: Draft;
  readonly onChange: (change: DraftEdit) => void;
}

function ComposerHead({ sessionId, draft, onChange }: DraftProps & { readonly sessionId: string }) {
  const applyPreset = useComposer((state) => state.applyPreset);
  const sending = draft.phase === "sending";
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <KindControl kind={draft.kind} disabled={sending} onKind={(kind) => onChange({ kind, delivery: null })} />
      <PresetsMenu disabled={sending} onPreset={(preset) => applyPreset(sessionId, preset)} />
      <TargetsMenu
        sessionId={sessionId}
        alsoTo={draft.alsoTo}
        disabled={sending}
        onAlsoTo={(alsoTo) => onChange({ alsoTo })}
      />
    </div>
  );
}

/** What only some kinds have. A plain message has no frame that metadata could stand in. */
function KindFields({ draft, onChange }: DraftProps) {
  const { kind, progress, metadata, phase } = draft;
  if (kind === "message") return null;
  const sending = phase === "sending";
  return (
    <>
      {kind === "progress" && (
        <ProgressSlider progress={progress} disabled={sending} onProgress={(value) => onChange({ progress: value })} />
      )}
      <MetadataRows rows={metadata} disabled={sending} onRows={(rows) => onChange({ metadata: rows })} />
    </>
  );
}

function Problems({ obstacle, problem }: { readonly obstacle: string | null; readonly problem: string | null }) {
  return (
    <>
      {obstacle !== null && <p className="text-xs text-warn">{obstacle}</p>}
      {problem !== null && (
        <p role="alert" className="text-xs text-danger">
          Not sent: {problem}
        </p>
      )}
    </>
  );
}

/** Why nothing can be sent to this session now, with the way out; null when it can. */
function useObstacle(session: SessionSummary): string | null {
  const scopes = useConnection((state) => state.connection.scopes);
  if (!session.live) return "This session has no process. Resume it to send something.";
  if (session.routes.length === 0 && session.owner === "observed") {
    return "This session runs in somebody else's process, and no route leads into it. Answer it where it runs.";
  }
  if (session.routes.length === 0) return "No route leads into this session yet.";
  if (scopes.length > 0 && !scopes.includes("inject")) return "Your token may not send: it lacks the scope “inject”.";
  return null;
}

function TextBox(props: {
  readonly text: string;
  readonly disabled: boolean;
  readonly onText: (text: string) => void;
  readonly onSend: () => void;
}) {
  const box = useRef<HTMLTextAreaElement>(null);
  useFocusRequest("composer", () => box.current?.focus());
  return (
    <div className="relative">
      <textarea
        ref={box}
        aria-label="Text of the payload"
        placeholder="Write to the session"
        rows={2}
        value={props.text}
        readOnly={props.disabled}
        onChange={(event) => props.onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") box.current?.blur();
          if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          props.onSend();
        }}
        className={`${controlClass} field-sizing-content block max-h-56 min-h-14 resize-none py-1.5 sm:pr-28`}
      />
      <span className={`pointer-events-none absolute right-2 bottom-1.5 text-[11px] text-dim ${keyHintClass}`}>
        <Keys keys={[COMMAND_KEY, "Enter"]} /> sends
      </span>
    </div>
  );
}
