/** What the host's thread and the two worker threads of search tell each other. */
import type { SearchHit, SearchRole } from "../../../../shared/model/search.ts";
import type { EndOrder } from "../../endThread.ts";
import type { SearchFile } from "./searchFile.ts";

/** Given to a worker at its start: what it is for, and the database. */
export interface SearchWorkerRole {
  readonly role: "build" | "ask";
  readonly path: string;
}

/** To the builder. */
export type BuildOrder =
  /** A part of the list of all files; with the last part, what is not on the list is taken out. */
  | {
      readonly kind: "all";
      readonly files: readonly SearchFile[];
      readonly isFirst: boolean;
      readonly isLast: boolean;
    }
  /** What was said to have changed, paths or session ids, and the files of it that there are: the others are gone. */
  | { readonly kind: "changed"; readonly files: readonly SearchFile[]; readonly names: readonly string[] }
  /** A file that is to be left alone: reading it ended an earlier worker. */
  | { readonly kind: "avoid"; readonly path: string }
  | EndOrder;

export interface BuildProgress {
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesDone: number;
  readonly bytesTotal: number;
  readonly elapsedMs: number;
  readonly secondsLeft: number | null;
  /** What the database takes on disk. */
  readonly sizeBytes: number;
}

/** From the builder. */
export type BuildReport =
  /** `isNew`: there was no database, or one that was discarded: nothing is in it yet. */
  | { readonly kind: "opened"; readonly isNew: boolean; readonly discarded: "damaged" | "other_version" | null }
  | { readonly kind: "progress"; readonly progress: BuildProgress }
  /** The file that is read next: what a worker's death is blamed on. */
  | { readonly kind: "reading"; readonly path: string }
  | { readonly kind: "unreadable"; readonly path: string; readonly code: string }
  /**
   * All of the first `orders` lists and changes that this worker was given is done; there may be more on their way to it.
   * `isWhole` once the list of all files was worked through.
   */
  | { readonly kind: "done"; readonly orders: number; readonly isWhole: boolean; readonly progress: BuildProgress }
  /** The database cannot be used any longer. */
  | { readonly kind: "failed"; readonly isDamaged: boolean; readonly message: string };

/** Which messages to search among. */
export interface SearchFilter {
  /** Milliseconds since 1970: said at or after `fromMs`, before `toMs`. */
  readonly fromMs?: number | null;
  readonly toMs?: number | null;
  readonly role?: SearchRole | null;
  /** Only messages of turns in which this tool was called. */
  readonly tool?: string | null;
  /** Only these sessions. */
  readonly sessionIds?: readonly string[] | null;
}

export interface SearchAsk {
  readonly q: string;
  readonly filter: SearchFilter;
  readonly limit: number;
  readonly cursor: string | null;
}

/** To the asker. `stop` holds one number, which becomes 1 when the answer is not wanted any longer. */
export type AskOrder =
  | { readonly kind: "ask"; readonly id: number; readonly ask: SearchAsk; readonly stop: SharedArrayBuffer }
  /** Asks for the ids of all sessions that are indexed. */
  | { readonly kind: "sessions"; readonly id: number };

/** A hit without what only the session index knows: the title. */
export interface FoundMessage extends Pick<SearchHit, "sessionId" | "role" | "snippet" | "seq"> {
  /** Milliseconds since 1970; null when the record does not say. */
  readonly atMs: number | null;
  /** The transcript file that `seq` is a place in. */
  readonly path: string;
}

export interface FoundPage {
  readonly items: readonly FoundMessage[];
  readonly nextCursor: string | null;
}

/** From the asker: `stopped` when `stop` was set, `bad_cursor` when the cursor is none of ours. */
export type AskReport =
  | { readonly kind: "found"; readonly id: number; readonly page: FoundPage }
  | { readonly kind: "sessions"; readonly id: number; readonly sessionIds: readonly string[] }
  | { readonly kind: "refused"; readonly id: number; readonly reason: AskRefusal; readonly message: string };

export type AskRefusal = "stopped" | "bad_cursor" | "damaged" | "failed";
