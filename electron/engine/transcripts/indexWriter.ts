/**
 * Writes what was read into the store, and tells which sessions changed. Knows nothing about how files are found or read.
 * Invariants: a file's offset, its facts, its messages and its session's row become permanent as one; what was written
 * becomes permanent soon after, and only then it is told; when writes are undone, `losses` grows, and no part that goes
 * on from one of them may be written.
 */
import type { SessionLabel } from "../../../shared/model/session.ts";
import { hasBadUsage } from "../ledger/pricing/priceMessage.ts";
import { withBadUsage } from "../storage/apiMessageWrites.ts";
import { type ChargeOf, IMPORT_FILE, reasonNumber, STREAM_FILE } from "../storage/ledgerCharge.ts";
import type { CostTotal, KnownSession, OwnedMark } from "../storage/ledgerWrites.ts";
import type { TranscriptFileRow } from "../storage/transcriptRows.ts";
import type { TranscriptStore } from "../storage/transcriptStore.ts";
import { emptyFacts } from "./fileFacts.ts";
import type { FoundTranscript } from "./findTranscripts.ts";
import { keepCopy, type MessageCopy } from "./messageCopy.ts";
import { parseFacts } from "./parseFacts.ts";
import { rollUpSession } from "./rollUpSession.ts";
import type { EarlierReading, PartToWrite } from "./scanTranscript.ts";

/**
 * Between commits while much is written: each writes some pages anew. A kill costs this much work, and at the end of a scan
 * everybody waits for the last commit, and for the list to take in its sessions: with a second between them that takes
 * 4 % of a gigabyte's first index.
 */
const COMMIT_MS = 200;

const NANO_PER_USD = 1_000_000_000;

/** Entries priced anew at a time: some ten milliseconds, between which other writes come through. */
const PRICED_AT_A_TIME = 5000;

/** What no transcript told. */
export interface ToldCharges {
  readonly copies: readonly MessageCopy[];
  readonly totals: readonly CostTotal[];
  /** Sessions that this host runs. */
  readonly owned: readonly OwnedMark[];
  /** What people labelled sessions with. */
  readonly labels?: readonly SessionLabel[];
  /** What an export or another ledger says beside messages: what is known here stays as it is. */
  readonly earlier?: {
    readonly totals: readonly CostTotal[];
    readonly sessions: readonly KnownSession[];
    readonly labels?: readonly SessionLabel[];
  };
}

const NOTHING_EARLIER = { totals: [], sessions: [] };

export interface ToldOutcome {
  readonly added: number;
  readonly known: number;
}

function fileOf({ origin }: MessageCopy): number {
  return origin === "import" ? IMPORT_FILE : STREAM_FILE;
}

/** What is kept of a record when it is read once more, and whose request it was is known by now. */
function readAgain<Row extends MessageCopy>(row: Row, copy: MessageCopy): Row {
  const isSameRecord = row.path === copy.path && row.offset === copy.offset && row.origin === copy.origin;
  if (!isSameRecord || row.isForkCopy || !copy.isForkCopy) return row;
  return { ...row, sessionId: copy.sessionId, isForkCopy: true };
}

export interface IndexWriterOptions {
  readonly store: TranscriptStore;
  /** Gets the sessions that changed since the last call, each once, when their rows are up to date. */
  readonly onChange: (sessionIds: readonly string[]) => void;
  /** Writes were undone, and why. */
  readonly onLoss: (error: unknown) => void;
}

export class IndexWriter {
  readonly #options: IndexWriterOptions;
  /** Sessions whose rows are to be rolled up. */
  readonly #changed = new Set<string>();
  /** Sessions that cost something else, and are else what they were. */
  readonly #repriced = new Set<string>();
  #timer: NodeJS.Timeout | null = null;
  #losses = 0;
  #loss: Error = new Error("The ledger could not be written.");

  constructor(options: IndexWriterOptions) {
    this.#options = options;
  }

  /** How often writes were undone. */
  get losses(): number {
    return this.#losses;
  }

  /** What an earlier reading of the file left; null when it must be read from its beginning. */
  earlierReading(path: string): EarlierReading | null {
    const row = this.#options.store.file(path);
    const facts = row === null ? null : parseFacts(row.facts);
    if (row === null || facts === null) return null;
    const { identity, offset, fingerprint } = row;
    return { identity, offset, fingerprint, facts };
  }

  /** @throws SQLite's errors; then nothing of the part is kept. */
  writePart(found: FoundTranscript, part: PartToWrite): void {
    const { store } = this.#options;
    const { path, kind } = found;
    const sessionId = found.sessionId ?? part.facts.sessionId;
    const { identity, sizeBytes, modifiedMs, offset, fingerprint } = part;
    const row: TranscriptFileRow = {
      ...{ path, kind, sessionId, identity, sizeBytes, modifiedMs, offset, fingerprint },
      state: part.isDone ? "ready" : "partial",
      error: null,
      facts: JSON.stringify(part.facts),
    };
    this.#write(sessionId, () => {
      const fileId = store.saveFile(row);
      for (const copy of part.copies) this.#writeCopy(copy, fileId);
      this.#writeTotals(found, part.totals, sessionId);
    });
  }

  /** What the CLI wrote of its own total when processes ended. */
  #writeTotals({ kind }: FoundTranscript, totals: PartToWrite["totals"], sessionId: string | null): void {
    if (kind === "subagent" || sessionId === null) return;
    const untold = { sessionId, addedNano: null, turnId: null };
    for (const { atMs, costUsd, beganMs } of totals) {
      const totalNano = Math.round(costUsd * NANO_PER_USD);
      const { saveTotal } = this.#options.store.ledger;
      // What a killed process used before that is in no total.
      if (beganMs !== undefined && Number.isSafeInteger(beganMs) && beganMs <= atMs)
        saveTotal({ ...untold, atMs: beganMs - 1, totalNano: 0 });
      saveTotal({ ...untold, atMs, totalNano });
    }
  }

  /**
   * Messages and totals that no transcript told, by the same rules as those of transcripts. Permanent when this returns.
   * @throws SQLite's errors; then nothing of it is kept.
   */
  writeTold({ copies, totals, owned, labels = [], earlier = NOTHING_EARLIER }: ToldCharges): ToldOutcome {
    const { store } = this.#options;
    const outcome = { added: 0, known: 0 };
    this.#write(null, () => {
      for (const session of owned) store.ledger.own(session);
      for (const session of earlier.sessions) store.ledger.know(session);
      for (const total of earlier.totals) store.ledger.addTotal(total);
      for (const labelled of earlier.labels ?? []) store.ledger.labels.addIfNew(labelled);
      for (const labelled of labels) store.ledger.labels.set(labelled);
      for (const total of totals) store.ledger.saveTotal(total);
      for (const copy of copies) outcome[this.#writeCopy(copy, fileOf(copy)) ? "added" : "known"] += 1;
    });
    for (const { sessionId } of [...copies, ...totals, ...earlier.totals]) this.#changed.add(sessionId);
    const { losses } = this;
    this.commit();
    if (this.losses !== losses) throw this.#loss;
    return outcome;
  }

  /** Gives a batch of entries after a key their current price; answers the last key, or null when there are none after it. */
  priceAnew(afterKey: number, chargeOf: ChargeOf): number | null {
    const { store } = this.#options;
    const entries = store.ledger.entriesAfter(afterKey, PRICED_AT_A_TIME);
    const stale = entries.flatMap((entry) => {
      if (!store.ledger.isPriceable(entry)) return [];
      const charge = chargeOf(entry);
      const isSame =
        charge.priceId === entry.priceId &&
        charge.nanoUsd === entry.nanoUsd &&
        charge.listNano === entry.listNano &&
        reasonNumber(charge.unpricedReason) === entry.reason;
      return isSame ? [] : [{ key: entry.messageKey, sessionId: entry.sessionId, charge }];
    });
    if (stale.length > 0)
      this.#write(null, () => {
        for (const { key, charge } of stale) store.ledger.charge(key, charge);
      });
    for (const { sessionId } of stale) this.#repriced.add(sessionId);
    return entries.at(-1)?.messageKey ?? null;
  }

  /** Answers whether the message was not known. */
  #writeCopy(copy: MessageCopy, fileId: number): boolean {
    const { messages } = this.#options.store;
    const byIdAlone = !copy.isSidechain && copy.requestId === null;
    if (messages.addIfNew(copy, fileId, byIdAlone)) return true;
    const known = messages.withMessageId(copy.messageId);
    const copies = known.map((row) => readAgain(row, copy));
    const kept = { copies, byIdAlone: copies.some((row) => row.byIdAlone) };
    // Else the choice would depend on what came first: of the rows that are there no such count is left.
    const isBad = copy.hasBadUsage === true || hasBadUsage(copy);
    const next = keepCopy(kept, isBad ? withBadUsage(copy) : copy);
    if (next.byIdAlone === kept.byIdAlone && next.copies.every((one, index) => one === known[index])) return false;
    messages.replace(
      copy.messageId,
      next.copies.map((one) => ({ ...one, byIdAlone: next.byIdAlone })),
    );
    return next.copies.length > copies.length;
  }

  /** The file could not be read. What was read of it before stays. @throws SQLite's errors. */
  writeFailure(found: FoundTranscript, errorCode: string): void {
    const { store } = this.#options;
    const { path, kind, sessionId, identity, sizeBytes, modifiedMs } = found;
    const nothing = { offset: 0, fingerprint: "", facts: JSON.stringify(emptyFacts()) };
    this.#write(null, () => {
      if (store.file(path) !== null) return store.setFileState(path, "failed", errorCode);
      const row = { path, kind, sessionId, identity, sizeBytes, modifiedMs, ...nothing };
      store.saveFile({ ...row, state: "failed", error: errorCode });
    });
  }

  /** The file was deleted. What it said stays. @throws SQLite's errors. */
  writeGone(path: string, sessionId: string | null): void {
    this.#write(sessionId, () => this.#options.store.setFileState(path, "gone", null));
  }

  /** Makes all that was written permanent, with the rows of its sessions, and tells it. */
  commit(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const { store, onChange } = this.#options;
    if (!store.hasOpenWrites()) return;
    const sessionIds = [...this.#changed];
    try {
      store.write(() => {
        for (const sessionId of sessionIds) this.#rollUp(sessionId);
        store.ledger.trimChanges();
      });
      store.commit();
    } catch (error) {
      store.undo();
      return this.#lose(error);
    }
    const told = new Set([...sessionIds, ...this.#repriced]);
    this.#changed.clear();
    this.#repriced.clear();
    if (told.size > 0) onChange([...told]);
  }

  #write(sessionId: string | null, act: () => void): void {
    const { store } = this.#options;
    try {
      store.write(act);
    } catch (error) {
      // Either what was written before is undone too, or nothing can be written now.
      if (!store.hasOpenWrites()) this.#lose(error);
      throw error;
    }
    if (sessionId !== null) this.#changed.add(sessionId);
    this.#timer ??= setTimeout(() => this.commit(), COMMIT_MS);
  }

  #lose(error: unknown): void {
    this.#changed.clear();
    this.#repriced.clear();
    this.#losses += 1;
    if (error instanceof Error) this.#loss = error;
    this.#options.onLoss(error);
  }

  #rollUp(sessionId: string): void {
    const { store } = this.#options;
    const files = store.filesOfSession(sessionId).flatMap(({ path, kind, state, modifiedMs, facts: text }) => {
      const facts = parseFacts(text);
      return facts === null ? [] : [{ path, kind, isGone: state === "gone", modifiedMs, facts }];
    });
    const facts = rollUpSession(files);
    if (facts === null) return;
    const { projectPath, lastActivityMs } = facts;
    store.saveSession({ sessionId, projectPath, lastActivityMs, facts: JSON.stringify(facts) });
  }
}
