/**
 * Owns the changes that cannot be written at the moment: the disk is full, the file locked or to be read only.
 * Knows nothing about what they change.
 * Invariants: changes are written in the order they were made, each once; no caller waits for or fails because of a disk;
 * what is held is bounded, and what is dropped is counted and said; while something is held, `problem` says why.
 */
import { dirname } from "node:path";
import type { EngineLog } from "../engineLog.ts";
import type { SqliteDatabase } from "./openDatabase.ts";
import {
  failureRemedies,
  failureWords,
  lookedUpFailure,
  type StorageFailure,
  storageFailureOf,
} from "./storageFailure.ts";

export interface HeldChange {
  /** Makes the change; again when it could not be made. */
  readonly act: () => void;
  /** What it takes in memory while it is held. Asked for only then. */
  readonly characters: () => number;
  /** What it is, for the count of what was dropped. Events are dropped first: most are in the CLI's transcript too. */
  readonly what: "event" | "record";
  /** A change with the same key that is held is not needed any more. */
  readonly key?: string;
  /** It cannot be written now. */
  readonly onHeld?: () => void;
  /** It was held, and is written now, or is not going to be. */
  readonly onSettled?: () => void;
}

/** The way that all rows of a database are written. */
export interface RowWrites {
  /** Writes a change, or holds it until it can be. @throws errors that the storage has no part in. */
  readonly write: (change: HeldChange) => void;
  readonly isHolding: boolean;
}

/** Writes at once or throws, whatever the reason. */
export const directWrites: RowWrites = {
  write: ({ act }) => act(),
  isHolding: false,
};

/** A disk is full for minutes or hours: looking often costs nothing, and a locked file holds the thread up each time. */
const TRY_AGAIN_MS = 2000;

/** Some hours of ten busy sessions. */
const MAX_HELD_CHANGES = 20_000;

/** Some sixty megabytes: less than a host may take anyway. */
const MAX_HELD_CHARACTERS = 32 * 1024 * 1024;

/** In one transaction; between two the thread does other work. */
const WRITTEN_AT_A_TIME = 200;

export interface HeldWritesOptions {
  readonly database: SqliteDatabase;
  readonly log: EngineLog;
  /** What there is to say has changed. */
  readonly onChange: () => void;
  readonly tryAgainMs?: number;
  readonly maxChanges?: number;
  readonly maxCharacters?: number;
}

interface Held {
  readonly change: HeldChange;
  readonly characters: number;
}

export class HeldWrites implements RowWrites {
  readonly #options: HeldWritesOptions;
  /** Answers those that are refused for what they are. */
  readonly #writeSome: (some: readonly Held[]) => readonly HeldChange[];
  #held: Held[] = [];
  #characters = 0;
  #failure: StorageFailure | null = null;
  readonly #dropped = { event: 0, record: 0 };
  #timer: NodeJS.Timeout | null = null;

  constructor(options: HeldWritesOptions) {
    this.#options = options;
    const { database } = options;
    const alone = database.transaction((change: HeldChange) => change.act());
    this.#writeSome = database.transaction((some: readonly Held[]) =>
      some.flatMap(({ change }) => (this.#isMade(alone, change) ? [] : [change])),
    );
  }

  get isHolding(): boolean {
    return this.#held.length > 0;
  }

  write(change: HeldChange): void {
    if (!this.isHolding) {
      try {
        return change.act();
      } catch (error) {
        if (storageFailureOf(error) === null) throw error;
        this.#fail(error);
      }
    }
    this.#hold(change);
  }

  /** What a person must be told, in sentences. */
  notices(): readonly string[] {
    const { name } = this.#options.database;
    const { event, record } = this.#dropped;
    const why = this.#failure;
    const held =
      why === null
        ? []
        : [
            `${failureWords(why, name)}: what sessions do and what is decided is held in memory, and is not kept until it can be written. ${failureRemedies[why]}`,
          ];
    if (event + record === 0) return held;
    const events = event === 0 ? [] : [event === 1 ? "1 event" : `${event} events`];
    const records = record === 0 ? [] : [record === 1 ? "1 decision or receipt" : `${record} decisions or receipts`];
    const dropped = [...events, ...records].join(" and ");
    return [...held, `While nothing could be written, there was no room to hold ${dropped}: they are not kept.`];
  }

  /** Tries once more; what cannot be written now is lost, and logged. */
  dispose(): void {
    this.#stopTimer();
    while (this.isHolding && this.#writeNext());
    this.#stopTimer();
    if (!this.isHolding) return;
    this.#options.log.error(
      { changes: this.#held.length },
      "changes could not be written before the end, and are lost",
    );
    this.#held = [];
  }

  #hold(change: HeldChange): void {
    const { maxChanges = MAX_HELD_CHANGES, maxCharacters = MAX_HELD_CHARACTERS } = this.#options;
    const { key } = change;
    if (key !== undefined) this.#takeOut(this.#held.findIndex((held) => held.change.key === key));
    const characters = change.characters();
    this.#held.push({ change, characters });
    this.#characters += characters;
    change.onHeld?.();
    while (this.#held.length > 1 && (this.#held.length > maxChanges || this.#characters > maxCharacters)) this.#drop();
  }

  /** Events first, the oldest first. */
  #drop(): void {
    const dropped = this.#takeOut(
      Math.max(
        0,
        this.#held.findIndex(({ change }) => change.what === "event"),
      ),
    );
    if (dropped !== null) this.#lose(dropped);
  }

  #lose(change: HeldChange): void {
    const { event, record } = this.#dropped;
    this.#dropped[change.what] += 1;
    change.onSettled?.();
    if (event + record > 0) return;
    this.#options.log.error({}, "changes are dropped: they cannot be written, and are too many to hold");
    this.#options.onChange();
  }

  #takeOut(at: number): HeldChange | null {
    const [out] = at === -1 ? [] : this.#held.splice(at, 1);
    if (out === undefined) return null;
    this.#characters -= out.characters;
    return out.change;
  }

  /** True when what was held longest is written. */
  #writeNext(): boolean {
    const some = this.#held.slice(0, WRITTEN_AT_A_TIME);
    try {
      for (const { what } of this.#writeSome(some)) this.#dropped[what] += 1;
    } catch (error) {
      this.#fail(error);
      return false;
    }
    this.#held.splice(0, some.length);
    for (const { change, characters } of some) {
      this.#characters -= characters;
      change.onSettled?.();
    }
    if (!this.isHolding) this.#recover();
    return true;
  }

  /** One that is refused for what it is must not keep the others waiting. @throws what the storage has a part in. */
  #isMade(alone: (change: HeldChange) => void, change: HeldChange): boolean {
    try {
      alone(change);
      return true;
    } catch (error) {
      if (storageFailureOf(error) !== null) throw error;
      this.#options.log.error({ err: error }, "a change that was held could not be made");
      return false;
    }
  }

  #fail(error: unknown): void {
    const { database, log, onChange, tryAgainMs = TRY_AGAIN_MS } = this.#options;
    const failure = lookedUpFailure(error, dirname(database.name)) ?? "failing";
    if (failure !== this.#failure) {
      this.#failure = failure;
      log.error({ err: error, failure }, "what happens is not kept at present");
      onChange();
    }
    this.#later(tryAgainMs);
  }

  #later(delayMs: number): void {
    this.#stopTimer();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.isHolding && this.#writeNext() && this.isHolding) this.#later(0);
    }, delayMs);
    this.#timer.unref();
  }

  #recover(): void {
    this.#failure = null;
    this.#options.log.info({}, "all that was held is written");
    this.#options.onChange();
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
