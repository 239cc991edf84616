/**
 * Owns: the draft of each session and its way to the host.
 * Knows nothing about: what becomes of a payload once accepted (`payloadsStore.ts`).
 * Invariants: what is previewed is what is sent, byte for byte: sender, time and metadata are fixed beforehand; an
 * edit after a failed sending gets a new identity, so that the host never mistakes it for the first one.
 *
 * Views reach it with `useComposer(selector)` from `renderer/views/useStores.ts`.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "../../shared/contract/errors.ts";
import type { RequestInput, RequestResult } from "../../shared/contract/requests.ts";
import type { JsonObject } from "../../shared/model/json.ts";
import type { Payload } from "../../shared/model/payload.ts";
import type { PayloadPreset } from "../../shared/payloads/presets.ts";
import { budgetRefusalOf } from "./budgetRefusal.ts";
import { deliveryOf, type Draft, type DraftEdit, emptyDraft, metadataOf, type MetadataRow } from "./draft.ts";
import type { Request } from "./request.ts";
import { without } from "./without.ts";

/** Drafts that are held: one for every session a person may have begun to write to; the oldest goes first. */
export const MAX_DRAFTS = 100;

export interface ComposerState {
  readonly drafts: Readonly<Record<string, Draft>>;
  /** Who the payloads say they are from. */
  readonly sender: string;
  readonly edit: (sessionId: string, change: DraftEdit) => void;
  readonly applyPreset: (sessionId: string, preset: PayloadPreset) => void;
  readonly discard: (sessionId: string) => void;
  /** Sends the draft of this session, to others as well where it says so. Resolves to whether it was accepted. */
  readonly send: (sessionId: string) => Promise<boolean>;
}

export type ComposerStore = StoreApi<ComposerState>;

export interface ComposerOptions {
  readonly request: Request;
  readonly sender: string;
  readonly onSent: (payload: Payload) => void;
  /** Hears what became of a broadcast, and what was sent. */
  readonly onBroadcast: (result: RequestResult<"broadcasts.send">, content: BroadcastContent) => void;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** What a broadcast says, without whom it goes to. */
export type BroadcastContent = Omit<RequestInput<"broadcasts.send">, "targets">;

/** Creates the store without drafts. */
export function createComposerStore(options: ComposerOptions): ComposerStore {
  return createStore<ComposerState>()((set, get) => {
    function edit(sessionId: string, change: DraftEdit): void {
      const before = get().drafts[sessionId] ?? emptyDraft;
      if (before.phase === "sending") return;
      set(({ drafts }) => ({ drafts: withDraft(drafts, sessionId, edited(before, change, options)) }));
    }

    function mark(sessionId: string, draft: Draft): void {
      set(({ drafts }) => ({ drafts: { ...drafts, [sessionId]: draft } }));
    }

    return {
      drafts: {},
      sender: options.sender,
      edit,
      applyPreset: (sessionId, { kind, text, metadata }) =>
        edit(sessionId, { kind, text, metadata: metadataRows(metadata), delivery: null }),
      discard: (sessionId) => set(({ drafts }) => ({ drafts: without(drafts, sessionId) })),
      send: async (sessionId) => {
        const draft = get().drafts[sessionId];
        if (draft === undefined || draft.phase === "sending" || draft.text.trim() === "") return false;
        mark(sessionId, { ...draft, phase: "sending", problem: null, refusal: null });
        try {
          await deliver(sessionId, draft, options);
          set(({ drafts }) => ({ drafts: without(drafts, sessionId) }));
          return true;
        } catch (thrown) {
          const failure = toFailure(thrown);
          mark(sessionId, { ...draft, phase: "failed", problem: failure.message, refusal: budgetRefusalOf(failure) });
          return false;
        }
      },
    };
  });
}

function edited(before: Draft, change: DraftEdit, { newId, now }: ComposerOptions): Draft {
  const kept = before.phase === "failed" ? null : before.identity;
  const identity = kept ?? { payloadId: newId(), composedAt: now().toISOString() };
  return { ...before, ...change, identity, phase: "writing", problem: null, refusal: null };
}

function metadataRows(metadata: JsonObject): readonly MetadataRow[] {
  return Object.entries(metadata).map(([key, value]) => ({
    id: key,
    key,
    value: typeof value === "string" ? value : JSON.stringify(value),
  }));
}

async function deliver(target: string, draft: Draft, options: ComposerOptions): Promise<void> {
  const { request, sender, onSent, onBroadcast } = options;
  const { kind, text, identity } = draft;
  const content = { kind, text, metadata: metadataOf(draft), delivery: deliveryOf(draft), sender };
  const timed = identity === null ? content : { ...content, composedAt: identity.composedAt };
  if (draft.alsoTo.length > 0) {
    onBroadcast(await request("broadcasts.send", { ...timed, targets: [target, ...draft.alsoTo] }), timed);
    return;
  }
  const once = identity === null ? timed : { ...timed, payloadId: identity.payloadId };
  onSent(await request("payloads.send", { ...once, sessionId: target }));
}

function withDraft(drafts: ComposerState["drafts"], sessionId: string, draft: Draft): Readonly<Record<string, Draft>> {
  const entries = Object.entries({ ...without(drafts, sessionId), [sessionId]: draft });
  return Object.fromEntries(entries.slice(-MAX_DRAFTS));
}
