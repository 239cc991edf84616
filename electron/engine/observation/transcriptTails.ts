/**
 * Owns the tails of transcripts that grow while somebody looks: those of live sessions of other processes, for what
 * they are doing, and those that a client watches, for what is said in them.
 * Knows nothing about the bus, clients or the registry.
 * Invariants: one tail a session; records are told as events only while a client watches; nothing is told of a session
 * that is owned here or is being taken over, because its own process tells more.
 */
import type { EventDraft } from "../../../shared/model/event.ts";
import type { JsonObject } from "../../../shared/model/json.ts";
import { looksLikeQuestion } from "../../../shared/state/looksLikeQuestion.ts";
import {
  initialTranscriptState,
  planFileOf,
  reduceTranscript,
  type TranscriptActivity,
  transcriptActivityOf,
  type TranscriptState,
} from "../discovery/classifyTranscript.ts";

/** The reading of one file as it grows. */
export interface GrowingFile {
  /** Bytes read so far, whole lines only. */
  readonly offset: number;
  /** Reads what was appended; resolves when the end that the file had is reached. */
  readonly poke: () => Promise<void>;
  readonly close: () => void;
}

/** Where a session's transcript is; `identity` stays when it is moved and changes when it is replaced. */
export interface FollowedFile {
  readonly path: string;
  readonly identity: string;
}

export interface TranscriptTailsOptions {
  /** The session's transcript; null while none is known. */
  readonly fileOf: (sessionId: string) => FollowedFile | null;
  /** Whether a process of this host has the session open. */
  readonly isOwned: (sessionId: string) => boolean;
  /** The last records of a file, enough to say what its session is doing, and where they end. */
  readonly readEnd: (path: string) => Promise<{ readonly records: readonly JsonObject[]; readonly endOffset: number }>;
  readonly follow: (
    path: string,
    options: {
      readonly from: number;
      readonly onRecords: (records: readonly JsonObject[]) => void;
      /** The file was cut or replaced, and is read from its start. */
      readonly onReset: () => void;
    },
  ) => GrowingFile;
  /** The events that a record becomes, each with its time. */
  readonly eventsOf: (record: JsonObject) => readonly { readonly draft: EventDraft; readonly at: string | null }[];
  readonly emit: (sessionId: string, draft: EventDraft, at: string | null) => void;
  /** The plan in a file that a transcript names, by its path or name; null when there is none. Never rejects. */
  readonly readPlan: (transcriptPath: string, planFile: string) => Promise<string | null>;
  readonly onActivity: (sessionId: string) => void;
  readonly onProblem: (sessionId: string, error: unknown) => void;
}

interface Tail extends FollowedFile {
  readonly growing: GrowingFile;
  state: TranscriptState;
  /** What was read, or is being read, of the plan that waits for an answer; null while none does that must be read. */
  plan: { readonly file: string; readonly text: string | null } | null;
}

/** A client's hold on a session's tail, and on the one that it will have once it has a transcript. */
export interface HeldTail {
  /** Resolves when it is known where the telling begins. */
  readonly opened: Promise<void>;
  /** Bytes of the file that were told as events, or will not be; null while no file is followed. */
  readonly offset: () => number | null;
  readonly release: () => void;
}

export class TranscriptTails {
  readonly #options: TranscriptTailsOptions;
  readonly #tails = new Map<string, Tail>();
  readonly #opening = new Map<string, Promise<Tail | null>>();
  readonly #live = new Set<string>();
  readonly #holders = new Map<string, Set<symbol>>();
  /** Watched sessions that had no transcript when the watch began: all of it is new when it comes. */
  readonly #fromStart = new Set<string>();
  /** Sessions for which a process of this host is being started, and for how many. */
  readonly #starting = new Map<string, number>();

  constructor(options: TranscriptTailsOptions) {
    this.#options = options;
  }

  /** What the end of the session's transcript says; `unknown` while it is not read. */
  activityOf(sessionId: string): TranscriptActivity {
    const tail = this.#tails.get(sessionId);
    if (tail === undefined) return { kind: "unknown" };
    const activity = transcriptActivityOf(tail.state, looksLikeQuestion);
    return activity.kind === "plan_ready" ? { ...activity, plan: activity.plan ?? tail.plan?.text ?? null } : activity;
  }

  /** From now on these are the live sessions of other processes. */
  setLive(sessionIds: readonly string[]): void {
    const gone = [...this.#live].filter((sessionId) => !sessionIds.includes(sessionId));
    for (const sessionId of gone) this.#live.delete(sessionId);
    for (const sessionId of gone) this.#letGo(sessionId);
    for (const sessionId of sessionIds) {
      this.#live.add(sessionId);
      if (this.#isWanted(sessionId)) void this.#open(sessionId);
    }
  }

  /** Files changed on disk. */
  filesChanged(paths: readonly string[]): void {
    const changed = new Set(paths);
    for (const [sessionId, { path }] of this.#tails) if (changed.has(path)) this.#poke(sessionId);
  }

  /** The index learned of these sessions' transcripts, or that they are elsewhere now. */
  sessionsChanged(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      if (!this.#isWanted(sessionId)) continue;
      if (this.#tails.has(sessionId)) this.#goOn(sessionId);
      else void this.#open(sessionId);
    }
  }

  /** Follows the session for a client until it is released; while it is owned here, nothing is followed. */
  hold(sessionId: string): HeldTail {
    const holder = Symbol(sessionId);
    this.#holders.set(sessionId, (this.#holders.get(sessionId) ?? new Set()).add(holder));
    return {
      opened: this.#openFor(sessionId),
      offset: () => this.#tails.get(sessionId)?.growing.offset ?? null,
      release: () => {
        const holders = this.#holders.get(sessionId);
        if (holders?.delete(holder) !== true || holders.size > 0) return;
        this.#holders.delete(sessionId);
        this.#letGo(sessionId);
      },
    };
  }

  /**
   * Tells nothing while a process of this host is being started for the session: what it writes is told by itself once
   * it is announced. When it does not come to that, what was written meanwhile is told.
   */
  async whileStarting<T>(sessionId: string, start: () => Promise<T>): Promise<T> {
    this.#starting.set(sessionId, (this.#starting.get(sessionId) ?? 0) + 1);
    try {
      return await start();
    } finally {
      const left = (this.#starting.get(sessionId) ?? 1) - 1;
      if (left > 0) this.#starting.set(sessionId, left);
      else this.#starting.delete(sessionId);
      this.#poke(sessionId);
    }
  }

  /** The session is owned here from now on. Clients that watch it keep their hold for the time after. */
  drop(sessionId: string): void {
    this.#live.delete(sessionId);
    this.#close(sessionId);
  }

  /** The session is not owned any more: what other processes write from now on is told to clients that watch it. */
  free(sessionId: string): void {
    if (this.#isWanted(sessionId)) void this.#open(sessionId);
  }

  close(): void {
    this.#live.clear();
    this.#holders.clear();
    for (const sessionId of [...this.#tails.keys()]) this.#close(sessionId);
  }

  #isWanted(sessionId: string): boolean {
    return (this.#live.has(sessionId) || this.#holders.has(sessionId)) && !this.#options.isOwned(sessionId);
  }

  #letGo(sessionId: string): void {
    if (!this.#isWanted(sessionId)) this.#close(sessionId);
  }

  #close(sessionId: string): void {
    this.#fromStart.delete(sessionId);
    this.#tails.get(sessionId)?.growing.close();
    this.#tails.delete(sessionId);
  }

  async #openFor(sessionId: string): Promise<void> {
    if (!this.#isWanted(sessionId)) return;
    const { fileOf } = this.#options;
    const tail = await this.#open(sessionId);
    const isAwaited = this.#holders.has(sessionId) && this.#isWanted(sessionId);
    if (tail === null && isAwaited && fileOf(sessionId) === null) this.#fromStart.add(sessionId);
  }

  #open(sessionId: string): Promise<Tail | null> {
    const open = this.#tails.get(sessionId);
    if (open !== undefined) return Promise.resolve(open);
    const running = this.#opening.get(sessionId);
    if (running !== undefined) return running;
    const file = this.#options.fileOf(sessionId);
    if (file === null) return Promise.resolve(null);
    const opening = this.#start(sessionId, file).finally(() => this.#opening.delete(sessionId));
    this.#opening.set(sessionId, opening);
    return opening;
  }

  async #start(sessionId: string, file: FollowedFile): Promise<Tail | null> {
    const { readEnd, onActivity, onProblem } = this.#options;
    try {
      const isNew = this.#fromStart.delete(sessionId);
      const { records, endOffset } = isNew ? { records: [], endOffset: 0 } : await readEnd(file.path);
      if (!this.#isWanted(sessionId)) return null;
      const state = records.reduce(reduceTranscript, initialTranscriptState);
      const tail = this.#put(sessionId, file, { from: endOffset, state });
      onActivity(sessionId);
      // What was appended between the two readings, and where it is by now.
      this.#goOn(sessionId);
      return tail;
    } catch (error) {
      onProblem(sessionId, error);
      return null;
    }
  }

  #put(sessionId: string, file: FollowedFile, { from, state }: Pick<Tail, "state"> & { readonly from: number }): Tail {
    const growing = this.#options.follow(file.path, {
      from,
      onRecords: (records) => this.#take(sessionId, records),
      // All of it is nothing new to whoever watches: only what comes after its end is told.
      onReset: () => this.#reopen(sessionId),
    });
    const tail: Tail = { ...file, growing, state, plan: null };
    this.#tails.set(sessionId, tail);
    this.#lookForPlan(sessionId, tail);
    return tail;
  }

  /** Reads on: in the same file wherever it is now, or at the end of another one that has taken its place. */
  #goOn(sessionId: string): void {
    const tail = this.#tails.get(sessionId);
    if (tail === undefined) return;
    const file = this.#options.fileOf(sessionId);
    // Deleted, or on its way to another folder.
    if (file === null) return;
    if (file.path !== tail.path) {
      if (file.identity !== tail.identity) return this.#reopen(sessionId);
      tail.growing.close();
      this.#put(sessionId, file, { from: tail.growing.offset, state: tail.state });
    }
    this.#poke(sessionId);
  }

  #reopen(sessionId: string): void {
    this.#tails.get(sessionId)?.growing.close();
    this.#tails.delete(sessionId);
    void this.#open(sessionId);
  }

  #take(sessionId: string, records: readonly JsonObject[]): void {
    const tail = this.#tails.get(sessionId);
    if (tail === undefined) return;
    tail.state = records.reduce(reduceTranscript, tail.state);
    this.#lookForPlan(sessionId, tail);
    if (this.#holders.has(sessionId)) this.#tell(sessionId, records);
    this.#options.onActivity(sessionId);
  }

  /** The call that asks for an answer to a plan need not hold it. */
  #lookForPlan(sessionId: string, tail: Tail): void {
    const activity = transcriptActivityOf(tail.state, looksLikeQuestion);
    const file = activity.kind === "plan_ready" && activity.plan === null ? planFileOf(tail.state) : null;
    if (file === (tail.plan?.file ?? null)) return;
    const asked = file === null ? null : { file, text: null };
    tail.plan = asked;
    if (file === null) return;
    const take = (text: string | null): void => {
      if (text === null || tail.plan !== asked || this.#tails.get(sessionId) !== tail) return;
      tail.plan = { file, text };
      this.#options.onActivity(sessionId);
    };
    void this.#options.readPlan(tail.path, file).then(take);
  }

  #tell(sessionId: string, records: readonly JsonObject[]): void {
    const { eventsOf, emit } = this.#options;
    for (const record of records) for (const { draft, at } of eventsOf(record)) emit(sessionId, draft, at);
  }

  #poke(sessionId: string): void {
    const tail = this.#tails.get(sessionId);
    if (tail === undefined || this.#starting.has(sessionId)) return;
    tail.growing.poke().catch((error: unknown) => this.#options.onProblem(sessionId, error));
  }
}
