/**
 * Brings what owned sessions use into the ledger while they use it, and tells what they cost then.
 * Owns what the ledger has not confirmed yet: it is given again until it is, which changes nothing when it was kept before.
 */
import type { EventDraft, EventOf, SessionEvent } from "../../../shared/model/event.ts";
import type { SessionLabel } from "../../../shared/model/session.ts";
import type { EngineLog } from "../engineLog.ts";
import { nanoUsdOf, usdOf } from "../ledger/pricing/money.ts";
import type { CostTotal, OwnedMark } from "../storage/ledgerWrites.ts";
import type { ChargedSession, LedgerAnswer, LedgerAsk } from "../transcripts/indexMessages.ts";
import type { MessageCopy } from "../transcripts/messageCopy.ts";
import { streamedCopy } from "./streamedCopy.ts";

export interface LiveChargesOptions {
  readonly ask: (ask: LedgerAsk) => Promise<LedgerAnswer>;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
  /** There is another reason, or none any more, why the ledger does not have everything. */
  readonly onProblem?: () => void;
  readonly log: EngineLog;
}

/** The disk may be full, or the ledger be opened anew. */
const TRY_AGAIN_MS = 5000;

/** Hours of work without a ledger. What is dropped is read from the transcripts. */
const MAX_WAITING = 10_000;

/** Far more than run at a time. Of one that is dropped the same is told once more. */
const MAX_TOLD = 1000;

export class LiveCharges {
  readonly #options: LiveChargesOptions;
  /** The turn that runs in each session, or was the last to. */
  readonly #turns = new Map<string, { readonly turnId: string; readonly atMs: number }>();
  /** The last total that each session's process told. */
  readonly #totals = new Map<string, number>();
  readonly #told = new Map<string, string>();
  /** What each session's process counts for at present, where that is another session; and its directory. */
  readonly #countedFor = new Map<string, string>();
  readonly #projects = new Map<string, string>();
  /** When each session's process began, in milliseconds. */
  readonly #began = new Map<string, number>();
  /** Sessions that begin with what another one had cost. */
  readonly #forks = new Set<string>();
  #copies: MessageCopy[] = [];
  #newTotals: CostTotal[] = [];
  readonly #owned = new Map<string, OwnedMark>();
  readonly #labels = new Map<string, SessionLabel>();
  readonly #looked = new Set<string>();
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #problem: string | null = null;
  #isDisposed = false;

  constructor(options: LiveChargesOptions) {
    this.#options = options;
  }

  /** Why what live sessions use is not in the ledger yet; null when it is. */
  get problem(): string | null {
    return this.#problem;
  }

  /** These sessions are, or were, run by this host. */
  own(sessions: Iterable<OwnedMark>): void {
    for (const session of sessions) this.#owned.set(session.sessionId, session);
    this.#flush();
  }

  /** People labelled sessions. */
  label(labels: Iterable<SessionLabel>): void {
    for (const labelled of labels) this.#labels.set(labelled.sessionId, labelled);
    if (this.#labels.size > 0) this.#flush();
  }

  /** Tells what these sessions cost, once they are looked at: their transcripts have grown. */
  look(sessionIds: Iterable<string>): void {
    for (const sessionId of sessionIds) this.#looked.add(sessionId);
    this.#flush();
  }

  take(event: SessionEvent): void {
    switch (event.type) {
      case "session.created":
        this.#projects.set(event.sessionId, event.data.projectPath);
        if (event.data.origin === "forked") this.#forks.add(event.sessionId);
        return this.own([{ sessionId: event.sessionId, projectPath: event.data.projectPath }]);
      case "process.started":
        this.#began.set(event.sessionId, Date.parse(event.data.startedAt));
        return;
      case "turn.started":
        this.#turns.set(event.sessionId, { turnId: event.data.turnId, atMs: Date.parse(event.at) });
        return;
      case "usage.recorded": {
        const sessionId = this.#follow(event.sessionId, event.data.charge?.countedFor);
        this.#copies.push(streamedCopy(event, sessionId));
        this.#looked.add(sessionId);
        break;
      }
      case "turn.completed": {
        const sessionId = this.#follow(event.sessionId, event.data.countedFor);
        this.#takeTotal(event, sessionId);
        this.#looked.add(sessionId);
        break;
      }
      case "process.exited":
        this.#follow(event.sessionId, undefined);
        this.#turns.delete(event.sessionId);
        this.#totals.delete(event.sessionId);
        this.#projects.delete(event.sessionId);
        this.#began.delete(event.sessionId);
        this.#forks.delete(event.sessionId);
        return;
      default:
        return;
    }
    this.#flush();
  }

  /** Answers the session whose cost it is; a new one is this host's too. */
  #follow(sessionId: string, countedFor: string | undefined): string {
    const before = this.#countedFor.get(sessionId);
    if (countedFor !== before) {
      if (before !== undefined) {
        this.#turns.delete(before);
        this.#totals.delete(before);
      }
      if (countedFor === undefined) this.#countedFor.delete(sessionId);
      else {
        this.#countedFor.set(sessionId, countedFor);
        this.#owned.set(countedFor, { sessionId: countedFor, projectPath: this.#projects.get(sessionId) ?? null });
        // It begins at nothing.
        this.#totals.set(countedFor, 0);
      }
    }
    const turn = this.#turns.get(sessionId);
    if (countedFor !== undefined && turn !== undefined) this.#turns.set(countedFor, turn);
    return countedFor ?? sessionId;
  }

  /** Resolves when all is kept, or could not be. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
    if (this.#hasWaiting) await this.#give().catch(() => undefined);
  }

  get #hasWaiting(): boolean {
    return this.#copies.length + this.#newTotals.length + this.#owned.size + this.#labels.size > 0;
  }

  #takeTotal({ data, at }: EventOf<"turn.completed">, sessionId: string): void {
    const { totalCostUsd, costUsd } = data;
    const turn = this.#turns.get(sessionId);
    if (totalCostUsd === null) return;
    const totalNano = nanoUsdOf(totalCostUsd);
    const addedNano = costUsd === null ? null : nanoUsdOf(costUsd);
    const atMs = Date.parse(at);
    // What the session had cost before this host ran it is no part of what its turns cost. Transcripts have the CLI's times,
    // and a busy host hears of a turn's beginning when its messages are there.
    if (addedNano !== null && this.#totals.get(sessionId) === undefined) {
      const beganMs = this.#began.get(sessionId) ?? turn?.atMs ?? atMs;
      const before = { sessionId, atMs: beganMs - 1, totalNano: totalNano - addedNano };
      this.#newTotals.push({ ...before, addedNano: this.#forks.has(sessionId) ? 0 : null, turnId: null });
    }
    this.#totals.set(sessionId, totalNano);
    this.#newTotals.push({ sessionId, atMs, totalNano, addedNano, turnId: data.turnId ?? turn?.turnId ?? null });
  }

  #flush(): void {
    if (this.#running !== null || this.#timer !== null || this.#isDisposed) return;
    if (!this.#hasWaiting && this.#looked.size === 0) return;
    // What comes in one go is written in one.
    this.#running = Promise.resolve()
      .then(() => this.#give())
      .then(
        () => this.#gave(),
        (error: unknown) => {
          this.#setProblem(error instanceof Error ? error.message : String(error));
          this.#options.log.warn({ err: error }, "what live sessions use is not in the ledger yet");
          this.#ended(true);
        },
      );
  }

  #gave(): void {
    this.#setProblem(null);
    this.#ended(false);
  }

  #ended(hasFailed: boolean): void {
    this.#running = null;
    if (this.#isDisposed || (!this.#hasWaiting && this.#looked.size === 0)) return;
    if (!hasFailed) return this.#flush();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#flush();
    }, TRY_AGAIN_MS);
    this.#timer.unref();
  }

  #setProblem(problem: string | null): void {
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#options.onProblem?.();
  }

  async #give(): Promise<void> {
    const [copies, totals, owned, labels, looked] = [
      this.#copies,
      this.#newTotals,
      [...this.#owned.values()],
      [...this.#labels.values()],
      [...this.#looked],
    ];
    // What comes meanwhile is for the next time.
    this.#copies = [];
    this.#newTotals = [];
    this.#owned.clear();
    this.#labels.clear();
    this.#looked.clear();
    const sessions = looked.map((sessionId) => ({ sessionId, turnId: this.#turns.get(sessionId)?.turnId ?? null }));
    try {
      const answer = await this.#options.ask({ what: "charge", charges: { copies, totals, owned, labels }, sessions });
      if (answer.what === "charge") for (const session of answer.sessions) this.#tell(session);
    } catch (error) {
      this.#copies = [...copies, ...this.#copies].slice(-MAX_WAITING);
      this.#newTotals = [...totals, ...this.#newTotals].slice(-MAX_WAITING);
      for (const session of owned) this.#owned.set(session.sessionId, session);
      // One that was labelled again meanwhile has the newer label.
      for (const one of labels) this.#labels.set(one.sessionId, this.#labels.get(one.sessionId) ?? one);
      for (const sessionId of looked) this.#looked.add(sessionId);
      throw error;
    }
  }

  #tell({ sessionId, turnId, nanoUsd, turnNano, messages, unpricedMessages }: ChargedSession): void {
    // Nothing is known of what it cost: that is not the same as nothing.
    if (nanoUsd === 0 && messages === unpricedMessages) return;
    const turnCostUsd = turnId === null ? null : usdOf(turnNano);
    const data = { costUsd: usdOf(nanoUsd), turnCostUsd, unpricedMessages };
    const text = JSON.stringify(data);
    if (this.#told.get(sessionId) === text || this.#isDisposed) return;
    // The one that was told longest ago is the first.
    this.#told.delete(sessionId);
    this.#told.set(sessionId, text);
    const [oldest] = this.#told.keys();
    if (this.#told.size > MAX_TOLD && oldest !== undefined) this.#told.delete(oldest);
    this.#options.emit(sessionId, { type: "session.costChanged", data });
  }
}
