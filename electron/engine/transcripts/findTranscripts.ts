/**
 * Lists the transcript files below the roots. Knows where the CLI puts them, and nothing of what is in them.
 * Invariants: a folder or file that vanishes or cannot be read is a problem in the answer, never an exception; each real
 * file is listed once, whatever symbolic links lead to it; a loop of links ends.
 */
import type { Dirent, Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join, sep } from "node:path";
import { setImmediate } from "node:timers/promises";
import { DiskQuestions } from "./diskQuestions.ts";
import { leadsToTranscripts, placeOf, type TranscriptPlace } from "./transcriptPlace.ts";

/** A file's identity and size as `stat` gives them. */
export interface FileStat {
  /** Device and inode: the same file under any name. */
  readonly identity: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970, with a fraction. */
  readonly modifiedMs: number;
}

export interface FoundTranscript extends FileStat, TranscriptPlace {
  readonly path: string;
}

/** A `projects` folder, or one below it that a symbolic link leads to: what changes in it is told of by its real path. */
export interface FoundFolder {
  /** The path that what is in it is listed by. */
  readonly listed: string;
  readonly real: string;
  /** Those of the listed path below `projects`. */
  readonly parts: readonly string[];
}

/** A folder or file that could not be read, with the system's code: `EACCES`, `ELOOP`, `ENOENT`, … */
export interface FindProblem {
  readonly path: string;
  readonly code: string;
}

export interface FindResult {
  /** The most recently written first. */
  readonly files: readonly FoundTranscript[];
  readonly problems: readonly FindProblem[];
  readonly folders: readonly FoundFolder[];
  /** `projects` folders that are not there, or empty: never made, or on a disk that is away. */
  readonly missing: readonly string[];
}

/** Open folders at a time: enough to keep a disk busy, far below the limit of open files. */
const PARALLEL_FOLDERS = 16;

export async function findTranscripts(roots: readonly string[]): Promise<FindResult> {
  const walk = new Walk();
  const linked: string[] = [];
  for (const root of roots) {
    const folder = join(root, "projects");
    await walk.begin(folder);
    const entries = await walk.projects(folder);
    await inParallel(
      entries.filter((entry) => entry.isDirectory()),
      (entry) => walk.project(join(folder, entry.name), false),
    );
    linked.push(...entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => join(folder, name)));
  }
  // Last: what is below a root is listed by its own name, and not by that of a link to it.
  for (const path of linked.toSorted()) {
    await walk.begin(path);
    await walk.project(path, true);
  }
  const { problems, folders, missing } = walk;
  return { files: walk.files.toSorted((a, b) => b.modifiedMs - a.modifiedMs), problems, folders, missing };
}

/** The transcript at a path below one of the roots, or null when it is none or is gone. For single files that changed. */
export async function findTranscript(roots: readonly string[], path: string): Promise<FoundTranscript | null> {
  const root = roots.find((candidate) => path.startsWith(join(candidate, "projects") + sep));
  if (root === undefined) return null;
  const place = placeOf(path.slice(join(root, "projects").length + 1).split(sep));
  if (place === null) return null;
  try {
    const found = fileStatOf(await stat(path));
    return found === null ? null : { path, ...place, ...found };
  } catch {
    return null;
  }
}

class Walk {
  readonly files: FoundTranscript[] = [];
  readonly problems: FindProblem[] = [];
  readonly folders: FoundFolder[] = [];
  readonly missing: string[] = [];
  readonly #seenFolders = new Set<string>();
  readonly #seenFiles = new Set<string>();
  #disk = new DiskQuestions();

  /** Each root may be on a disk of its own. */
  async begin(folder: string): Promise<void> {
    this.#disk = await DiskQuestions.about(folder);
  }

  async projects(path: string): Promise<readonly Dirent[]> {
    try {
      const entries = await this.#entries(path, [], true);
      // The CLI leaves the folders of projects there: an empty one is where a disk was mounted.
      if (entries?.length === 0) this.missing.push(path);
      return entries ?? [];
    } catch (error) {
      if (codeOf(error) === "ENOENT") this.missing.push(path);
      else this.#problem(path, error);
      return [];
    }
  }

  async project(path: string, isLink: boolean): Promise<void> {
    // Whatever else this thread has to do comes in between.
    await setImmediate();
    await this.#below(path, [basename(path)], isLink);
  }

  /** Null when the folder was entered already, by this name or another. @throws the system's error. */
  async #entries(path: string, parts: readonly string[], isLink: boolean): Promise<readonly Dirent[] | null> {
    const real = await this.#disk.realPath(path);
    if (this.#seenFolders.has(real)) return null;
    this.#seenFolders.add(real);
    const entries = await this.#disk.entries(real);
    if (isLink) this.folders.push({ listed: path, real, parts });
    return entries;
  }

  async #below(path: string, parts: readonly string[], isLink: boolean): Promise<void> {
    const entries = await this.#folder(path, parts, isLink);
    for (const entry of entries) {
      const childParts = [...parts, entry.name];
      const child = join(path, entry.name);
      if (entry.name.endsWith(".jsonl")) await this.#file(child, childParts);
      else if ((entry.isDirectory() || entry.isSymbolicLink()) && leadsToTranscripts(childParts))
        await this.#below(child, childParts, entry.isSymbolicLink());
    }
  }

  async #folder(path: string, parts: readonly string[], isLink: boolean): Promise<readonly Dirent[]> {
    try {
      return (await this.#entries(path, parts, isLink)) ?? [];
    } catch (error) {
      // A link to a file is no folder of transcripts.
      if (!isLink || codeOf(error) !== "ENOTDIR") this.#problem(path, error);
      return [];
    }
  }

  async #file(path: string, parts: readonly string[]): Promise<void> {
    const place = placeOf(parts);
    if (place === null) return;
    try {
      const found = fileStatOf(await this.#disk.stat(path));
      if (found === null) return this.#problem(path, { code: "EISDIR" });
      if (this.#seenFiles.has(found.identity)) return;
      this.#seenFiles.add(found.identity);
      this.files.push({ path, ...place, ...found });
    } catch (error) {
      this.#problem(path, error);
    }
  }

  #problem(path: string, error: unknown): void {
    this.problems.push({ path, code: codeOf(error) });
  }
}

function fileStatOf(found: Stats): FileStat | null {
  if (!found.isFile()) return null;
  return { identity: `${found.dev}:${found.ino}`, sizeBytes: found.size, modifiedMs: found.mtimeMs };
}

async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: PARALLEL_FOLDERS }, async () => {
      for (const item of queue) await act(item);
    }),
  );
}

function codeOf(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return typeof code === "string" ? code : "UNKNOWN";
}
