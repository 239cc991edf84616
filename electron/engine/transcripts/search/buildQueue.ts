/**
 * What is to be read, in which order, and how far it is. Knows the rows of files, nothing of messages.
 * Invariant: what was taken since `begin` is to be done again after `rollBack`.
 */
import type { FileRows, SearchFileState } from "./fileRows.ts";
import type { SearchFile } from "./searchFile.ts";
import type { BuildOrder, BuildProgress } from "./workerMessages.ts";

/** `file` is null for a path that is to be taken out. */
export interface BuildWork {
  readonly path: string;
  readonly file: SearchFile | null;
}

type ListPart = Omit<Extract<BuildOrder, { kind: "all" }>, "kind">;

type Counts = Pick<BuildProgress, "filesDone" | "filesTotal" | "bytesDone" | "bytesTotal">;

interface Waiting extends BuildWork {
  /** Bytes that progress still waits for; null for work that progress does not tell of. */
  readonly bytesLeft: number | null;
}

const NO_COUNTS: Counts = { filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 };

export class BuildQueue {
  readonly #rows: FileRows;
  readonly #avoided = new Set<string>();
  /** In the order of the work. */
  #waiting: Waiting[] = [];
  #listed: SearchFile[] | null = null;
  #counts = NO_COUNTS;
  /** Work as it was before each step since `begin`, and what was told then. */
  #steps: { readonly work: Waiting; readonly isDone: boolean }[] = [];
  #before = { counts: NO_COUNTS, bytesRead: 0 };
  #beganMs = performance.now();
  #elapsedMs = 0;
  #bytesRead = 0;

  constructor(rows: FileRows) {
    this.#rows = rows;
  }

  get hasWork(): boolean {
    return this.#waiting.length > 0;
  }

  /** Never reads this file again. */
  avoid(path: string): void {
    this.#avoided.add(path);
    this.passOver(path);
  }

  /** Does not read this file until it is named again. */
  passOver(path: string): void {
    this.#countDone(this.#drop(path));
  }

  /** Takes a part of the list of all files; true when it was the last and the work is known. */
  list({ files, isFirst, isLast }: ListPart): boolean {
    if (isFirst) this.#listed = [];
    // The end of a list whose beginning another worker had says nothing about the files that are not on it.
    if (this.#listed === null) return false;
    for (const file of files) this.#listed.push(file);
    if (!isLast) return false;
    const listed = this.#listed.toSorted((a, b) => b.modifiedMs - a.modifiedMs);
    this.#listed = null;
    const known = new Map(this.#rows.states().map((row) => [row.path, row]));
    const waiting: Waiting[] = [];
    this.#counts = NO_COUNTS;
    for (const file of listed) {
      const bytesLeft = bytesToRead(file, known.get(file.path));
      known.delete(file.path);
      const isWork = bytesLeft !== null && !this.#avoided.has(file.path);
      if (isWork) waiting.push({ path: file.path, file, bytesLeft });
      this.#count(file.sizeBytes, isWork ? bytesLeft : null);
    }
    const gone = [...known.keys()].map((path) => ({ path, file: null, bytesLeft: null }));
    this.#waiting = [...gone, ...waiting];
    this.#beganMs = performance.now();
    this.#bytesRead = 0;
    return true;
  }

  /** Files that changed come before all others. */
  change({ files, gone }: { readonly files: readonly SearchFile[]; readonly gone: readonly string[] }): void {
    for (const path of gone) this.#waiting.unshift({ path, file: null, bytesLeft: this.#drop(path) });
    for (const file of files) {
      if (this.#avoided.has(file.path)) continue;
      this.#waiting.unshift({ path: file.path, file, bytesLeft: this.#drop(file.path) });
    }
  }

  next(): BuildWork | null {
    return this.#waiting[0] ?? null;
  }

  begin(): void {
    this.#steps = [];
    this.#before = { counts: this.#counts, bytesRead: this.#bytesRead };
  }

  /** Tells how far the work is that `next` named; it stays the next until it is done. */
  step(bytesRead: number, isDone: boolean): void {
    const work = this.#waiting.shift();
    if (work === undefined) return;
    this.#steps.push({ work, isDone });
    this.#bytesRead += bytesRead;
    this.#elapsedMs = performance.now() - this.#beganMs;
    if (isDone) return this.#countDone(work.bytesLeft);
    const counted = Math.min(work.bytesLeft ?? 0, bytesRead);
    this.#counts = { ...this.#counts, bytesDone: this.#counts.bytesDone + counted };
    this.#waiting.unshift({ ...work, bytesLeft: work.bytesLeft === null ? null : work.bytesLeft - counted });
  }

  rollBack(): void {
    for (const { work, isDone } of this.#steps.toReversed()) {
      if (!isDone) this.#waiting.shift();
      this.#waiting.unshift(work);
    }
    this.#steps = [];
    this.#counts = this.#before.counts;
    this.#bytesRead = this.#before.bytesRead;
  }

  progress(): Omit<BuildProgress, "sizeBytes"> {
    const { bytesDone, bytesTotal } = this.#counts;
    const isKnown = this.#bytesRead > 0 && this.hasWork;
    const msLeft = isKnown ? (this.#elapsedMs / this.#bytesRead) * (bytesTotal - bytesDone) : null;
    const secondsLeft = msLeft === null ? null : Math.ceil(msLeft / 1000);
    return { ...this.#counts, elapsedMs: Math.round(this.#elapsedMs), secondsLeft };
  }

  #count(sizeBytes: number, bytesLeft: number | null): void {
    const { filesDone, filesTotal, bytesDone, bytesTotal } = this.#counts;
    this.#counts = {
      filesDone: filesDone + Number(bytesLeft === null),
      filesTotal: filesTotal + 1,
      bytesDone: bytesDone + sizeBytes - (bytesLeft ?? 0),
      bytesTotal: bytesTotal + sizeBytes,
    };
  }

  #countDone(bytesLeft: number | null): void {
    if (bytesLeft === null) return;
    const { filesDone, bytesDone } = this.#counts;
    this.#counts = { ...this.#counts, filesDone: filesDone + 1, bytesDone: bytesDone + bytesLeft };
  }

  /** Answers the bytes that progress waited for. */
  #drop(path: string): number | null {
    const at = this.#waiting.findIndex((work) => work.path === path);
    const [dropped] = at === -1 ? [] : this.#waiting.splice(at, 1);
    return dropped?.bytesLeft ?? null;
  }
}

/** Null when nothing of the file is to be read. */
function bytesToRead(file: SearchFile, row: SearchFileState | undefined): number | null {
  if (row === undefined || row.identity !== file.identity || row.offset > file.sizeBytes) return file.sizeBytes;
  const isUnchanged = row.sizeBytes === file.sizeBytes && row.modifiedMs === file.modifiedMs;
  return isUnchanged ? null : file.sizeBytes - row.offset;
}
