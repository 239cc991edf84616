/**
 * Owns what is known of the directories that sessions work in: whether they are there, and whether they are worktrees.
 * Knows nothing about sessions. Invariants: asking never waits, what is not known yet is looked up and then told; only a
 * few are looked at at a time, because one may lie on a disk that does not answer.
 */
import { stat } from "node:fs/promises";
import { type GitWorktree, readGitWorktree, worktreeOfPath } from "../discovery/gitWorktree.ts";

export interface DirectoryPlace {
  /** False only when it is certain: a disk that does not answer tells nothing. */
  readonly isGone: boolean;
  readonly worktree: GitWorktree | null;
}

export interface DirectoryPlacesOptions {
  /** What is known of a directory that these sessions asked for is another than they were told. */
  readonly onChange: (sessionIds: readonly string[]) => void;
  readonly look?: (path: string, before: DirectoryPlace | null) => Promise<DirectoryPlace>;
}

/** More directories than that are not kept in view: each is one look every half minute. */
const MAX_PLACES = 5_000;

const AT_A_TIME = 4;

/** Folders come and go rarely, and nobody waits for it. */
const RECHECK_MS = 30_000;

/** A list waits no longer than this for directories that do not answer. */
const PATIENCE_MS = 2_000;

/** What is shown of a directory while nothing is known of it. */
const ORDINARY: DirectoryPlace = { isGone: false, worktree: null };

export class DirectoryPlaces {
  readonly #onChange: DirectoryPlacesOptions["onChange"];
  readonly #look: NonNullable<DirectoryPlacesOptions["look"]>;
  readonly #known = new Map<string, DirectoryPlace>();
  /** The sessions that asked for a directory. */
  readonly #askers = new Map<string, Set<string>>();
  readonly #waiting = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #looking = 0;
  #busySince = 0;
  #isClosed = false;

  constructor({ onChange, look = lookAt }: DirectoryPlacesOptions) {
    this.#onChange = onChange;
    this.#look = look;
    this.#timer = setInterval(() => this.#recheck(), RECHECK_MS);
    this.#timer.unref();
  }

  /** Null while nothing is known of it. */
  readonly of = (path: string, sessionId: string): DirectoryPlace | null => {
    const askers = this.#askers.get(path);
    if (askers !== undefined) {
      askers.add(sessionId);
      return this.#known.get(path) ?? null;
    }
    if (path === "" || this.#isClosed || this.#askers.size >= MAX_PLACES) return null;
    this.#askers.set(path, new Set([sessionId]));
    this.#plan([path]);
    return null;
  };

  /** Whether all was looked up that was asked for, or does not answer. */
  get isSettled(): boolean {
    return this.#looking === 0 || performance.now() - this.#busySince > PATIENCE_MS;
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#waiting.clear();
  }

  #recheck(): void {
    if (this.#looking === 0) this.#plan(this.#known.keys());
  }

  #plan(paths: Iterable<string>): void {
    for (const path of paths) this.#waiting.add(path);
    while (this.#looking < AT_A_TIME && this.#waiting.size > 0) {
      if (this.#looking === 0) this.#busySince = performance.now();
      this.#looking += 1;
      void this.#lookInTurn();
    }
  }

  async #lookInTurn(): Promise<void> {
    for (const path of this.#waiting) {
      this.#waiting.delete(path);
      const before = this.#known.get(path) ?? null;
      const place = await this.#look(path, before);
      if (this.#isClosed) break;
      this.#known.set(path, place);
      if (isOther(before ?? ORDINARY, place)) this.#onChange([...(this.#askers.get(path) ?? [])]);
    }
    this.#looking -= 1;
  }
}

/** A worktree stays one, and is remembered as one once it is gone. */
async function lookAt(path: string, before: DirectoryPlace | null): Promise<DirectoryPlace> {
  const isGone = await isMissing(path);
  if (isGone) return { isGone, worktree: before?.worktree ?? worktreeOfPath(path) };
  const isKnown = before !== null && !before.isGone;
  return { isGone, worktree: isKnown ? before.worktree : await readGitWorktree(path) };
}

async function isMissing(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isDirectory();
  } catch (error) {
    return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
  }
}

function isOther(one: DirectoryPlace, other: DirectoryPlace): boolean {
  return one.isGone !== other.isGone || one.worktree?.path !== other.worktree?.path;
}
