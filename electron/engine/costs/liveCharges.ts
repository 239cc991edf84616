/**
 * Brings what owned sessions use into the ledger while they use it, and tells what they cost then.
 * Owns what the ledger has not confirmed yet: it is given again until it is, which changes nothing when it was kept before.
 */
import type { EventDraft, EventOf, SessionEvent } from "../../../shared/model/event.ts";
import type { EngineLog } from "../engineLog.ts";
import { usdOf } from "../ledger/costSums.ts";
import { nanoUsdOf } from "../ledger/pricing/money.ts";
import type { CostTotal } from "../storage/ledgerWrites.ts";
import type { ChargedSession, LedgerAnswer, LedgerAsk } from "../transcripts/indexMessages.ts";
import type { MessageCopy } from "../transcripts/messageCopy.ts";

export interface LiveChargesOptions {
  readonly ask: (ask: LedgerAsk) => Promise<LedgerAnswer>;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
  readonly log: EngineLog;
}

/** The disk may be full, or the ledger be opened anew. */
const TRY_AGAIN_MS = 5000;

/** Hours of work without a ledger. What is dropped is read from the transcripts. */
const MAX_WAITING = 10_000;

export class LiveCharges {
  readonly #options: LiveChargesOptions;
  /** The turn that runs in each session, or was the last to. */
  readonly #turns = new Map<string, { readonly turnId: string; readonly atMs: number }>();
  /** The last total that each session's process told. */
  readonly #totals = new Map<string, number>();
  readonly #told = new Map<string, string>();
  #copies: MessageCopy[] = [];
  #newTotals: CostTotal[] = [];
  readonly #owned = new Set<string>();
  readonly #looked = new Set<string>();
  #running: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isDisposed = false;

  constructor(options: LiveChargesOptions) {
    this.#options = options;
  }

  /** These sessions are, or were, run by this host. */
  own(sessionIds: Iterable<string>): void {
    for (const sessionId of sessionIds) this.#owned.add(sessionId);
    this.#flush();
  }

  /** Tells what these sessions cost, once they are looked at: their transcripts have grown. */
  look(sessionIds: Iterable<string>): void {
    for (const sessionId of sessionIds) this.#looked.add(sessionId);
    this.#flush();
  }

  take(event: SessionEvent): void {
    switch (event.type) {
      case "session.created":
        return this.own([event.sessionId]);
      case "turn.started":
        this.#turns.set(event.sessionId, { turnId: event.data.turnId, atMs: Date.parse(event.at) });
        return;
      case "usage.recorded":
        this.#copies.push(copyOf(event));
        break;
      case "turn.completed":
        this.#takeTotal(event);
        break;
      case "process.exited":
        this.#turns.delete(event.sessionId);
        this.#totals.delete(event.sessionId);
        return;
      default:
        return;
    }
    this.#looked.add(event.sessionId);
    this.#flush();
  }

  /** Resolves when all is kept, or could not be. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#running;
    if (this.#hasWaiting) await this.#give().catch(() => undefined);
  }

  get #hasWaiting(): boolean {
    return this.#copies.length > 0 || this.#newTotals.length > 0 || this.#owned.size > 0;
  }

  #takeTotal({ sessionId, data, at }: EventOf<"turn.completed">): void {
    const { totalCostUsd, costUsd } = data;
    const turn = this.#turns.get(sessionId);
    if (totalCostUsd === null) return;
    const totalNano = nanoUsdOf(totalCostUsd);
    const addedNano = costUsd === null ? null : nanoUsdOf(costUsd);
    const atMs = Date.parse(at);
    // What the session had cost before this host ran it is no part of what its turns cost.
    if (addedNano !== null && this.#totals.get(sessionId) === undefined) {
      const before = { sessionId, atMs: (turn?.atMs ?? atMs) - 1, totalNano: totalNano - addedNano };
      this.#newTotals.push({ ...before, addedNano: null, turnId: null });
    }
    this.#totals.set(sessionId, totalNano);
    this.#newTotals.push({ sessionId, atMs, totalNano, addedNano, turnId: turn?.turnId ?? data.turnId });
  }

  #flush(): void {
    if (this.#running !== null || this.#timer !== null || this.#isDisposed) return;
    // What comes in one go is written in one.
    this.#running = Promise.resolve()
      .then(() => this.#give())
      .then(
        () => this.#ended(false),
        (error: unknown) => {
          this.#options.log.warn({ err: error }, "what live sessions use is not in the ledger yet");
          this.#ended(true);
        },
      );
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

  async #give(): Promise<void> {
    const [copies, totals, owned, looked] = [this.#copies, this.#newTotals, [...this.#owned], [...this.#looked]];
    // What comes meanwhile is for the next time.
    this.#copies = [];
    this.#newTotals = [];
    this.#owned.clear();
    this.#looked.clear();
    const sessions = looked.map((sessionId) => ({ sessionId, turnId: this.#turns.get(sessionId)?.turnId ?? null }));
    try {
      const answer = await this.#options.ask({ what: "charge", charges: { copies, totals, owned }, sessions });
      if (answer.what === "charge") for (const session of answer.sessions) this.#tell(session);
    } catch (error) {
      this.#copies = [...copies, ...this.#copies].slice(-MAX_WAITING);
      this.#newTotals = [...totals, ...this.#newTotals].slice(-MAX_WAITING);
      for (const sessionId of owned) this.#owned.add(sessionId);
      for (const sessionId of looked) this.#looked.add(sessionId);
      throw error;
    }
  }

  #tell({ sessionId, nanoUsd, turnNano, messages, unpricedMessages }: ChargedSession): void {
    // Nothing is known of what it cost: that is not the same as nothing.
    if (nanoUsd === 0 && messages === unpricedMessages) return;
    const data = { costUsd: usdOf(nanoUsd), turnCostUsd: usdOf(turnNano), unpricedMessages };
    const text = JSON.stringify(data);
    if (this.#told.get(sessionId) === text || this.#isDisposed) return;
    this.#told.set(sessionId, text);
    this.#options.emit(sessionId, { type: "session.costChanged", data });
  }
}

function copyOf({ sessionId, at, data }: EventOf<"usage.recorded">): MessageCopy {
  const { messageId, requestId, model, usage, parentToolUseId, charge } = data;
  return {
    ...{ messageId, requestId, sessionId, model },
    isSidechain: parentToolUseId !== null,
    isForkCopy: false,
    atMs: Date.parse(at),
    ...usage,
    webSearches: charge?.webSearches ?? null,
    speed: charge?.speed ?? null,
    serviceTier: charge?.serviceTier ?? null,
    inferenceGeo: charge?.inferenceGeo ?? null,
    path: "",
    offset: 0,
    origin: "stream",
    turnId: charge?.turnId ?? null,
    isTurnTold: (charge?.turnId ?? null) !== null,
    gitBranch: null,
    isProvisional: charge?.isProvisional ?? false,
  };
}
