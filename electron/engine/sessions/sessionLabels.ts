/**
 * Owns what people labelled sessions with, whoever runs them: it is kept here, told to clients, and handed to the ledger.
 * Knows nothing about transcripts and SQL.
 * Invariants: what is told was stored before; a session of which nobody has said anything is told apart from one whose
 * label was taken away, so that an older source never brings a label back.
 */
import type { EventDraft, SessionEvent } from "../../../shared/model/event.ts";
import type { SessionLabel } from "../../../shared/model/session.ts";
import { goesOnAs } from "./goesOnAs.ts";

export interface SessionLabelsOptions {
  readonly store: {
    readonly save: (labelled: SessionLabel) => void;
    readonly all: () => readonly SessionLabel[];
  };
  /** Whether there is anybody to tell it of: an event of a session that nobody knows says nothing. */
  readonly isKnown: (sessionId: string) => boolean;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
}

export class SessionLabels {
  readonly #options: SessionLabelsOptions;
  readonly #labels: Map<string, string | null>;
  /** After `/clear` a process goes on in a session of another id, which is still the same to whoever looks at it. */
  readonly #goesOnAs = new Map<string, string>();
  #listener: (labelled: SessionLabel) => void = () => undefined;

  constructor(options: SessionLabelsOptions) {
    this.#options = options;
    this.#labels = new Map(options.store.all().map(({ sessionId, label }) => [sessionId, label]));
  }

  of(sessionId: string): string | null {
    return this.#labels.get(sessionId) ?? null;
  }

  /** Those that were taken away too. */
  all(): readonly SessionLabel[] {
    return [...this.#labels].map(([sessionId, label]) => ({ sessionId, label }));
  }

  /** Calls back with each session that gets another label from now on; one listener, the ledger's. */
  onChange(listener: (labelled: SessionLabel) => void): void {
    this.#listener = listener;
  }

  /** Gives a session a label; null takes it away. */
  set(sessionId: string, label: string | null): void {
    this.#set(sessionId, label);
    const next = this.#goesOnAs.get(sessionId);
    if (next !== undefined) this.#set(next, label);
  }

  /** Takes over what another source has, of sessions of which nobody has said anything here. */
  adopt(labels: Iterable<SessionLabel>): void {
    for (const { sessionId, label } of labels) if (!this.#labels.has(sessionId)) this.#set(sessionId, label);
  }

  /** Lets the label follow a process into the session that it goes on in. */
  take(event: SessionEvent): void {
    const { sessionId } = event;
    if (event.type === "process.exited") return void this.#goesOnAs.delete(sessionId);
    const next = goesOnAs(event);
    if (next === undefined || next === null || this.#goesOnAs.get(sessionId) === next) return;
    this.#goesOnAs.set(sessionId, next);
    const label = this.of(sessionId);
    if (label !== null) this.adopt([{ sessionId: next, label }]);
  }

  #set(sessionId: string, label: string | null): void {
    const before = this.#labels.get(sessionId);
    if (before === label) return;
    const { store, isKnown, emit } = this.#options;
    store.save({ sessionId, label });
    this.#labels.set(sessionId, label);
    this.#listener({ sessionId, label });
    if ((before ?? null) !== label && isKnown(sessionId))
      emit(sessionId, { type: "session.labelled", data: { label } });
  }
}
