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

/** What a file is to its session: its own record, a sub-agent's, or a part in the layout of old versions. */
export type TranscriptKind = "main" | "subagent" | "part";

/** A file's identity and size as `stat` gives them. */
export interface FileStat {
  /** Device and inode: the same file under any name. */
  readonly identity: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970, with a fraction. */
  readonly modifiedMs: number;
}

export interface FoundTranscript extends FileStat {
  readonly path: string;
  readonly kind: TranscriptKind;
  /** The session that the path names; null for legacy sub-agent files, whose records alone say it. */
  readonly sessionId: string | null;
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
  /** `projects` folders that are not there, or empty: never made, or on a disk that is away. */
  readonly missing: readonly string[];
}

/** Sub-agents start sub-agents, and workflows have folders of their own; deeper than this is not the CLI's. */
const MAX_DEPTH = 12;

/** Open folders at a time: enough to keep a disk busy, far below the limit of open files. */
const PARALLEL_FOLDERS = 16;

export async function findTranscripts(roots: readonly string[]): Promise<FindResult> {
  const walk = new Walk();
  for (const root of roots) {
    const folder = join(root, "projects");
    await walk.begin(folder);
    const projects = await walk.folder(folder);
    await inParallel(
      projects.filter((entry) => entry.isDirectory() || entry.isSymbolicLink()),
      (entry) => walk.project(join(folder, entry.name)),
    );
  }
  return {
    files: walk.files.toSorted((a, b) => b.modifiedMs - a.modifiedMs),
    problems: walk.problems,
    missing: walk.missing,
  };
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

type Place = Pick<FoundTranscript, "kind" | "sessionId">;

/**
 * What the parts of a path below `projects` say: `<slug>/<session>.jsonl`, `<slug>/agent-<id>.jsonl` (before sub-agents
 * had folders), `<slug>/<session>/…/subagents/…/agent-<id>.jsonl`, `<slug>/<session>/<file>.jsonl` (old).
 */
export function placeOf(parts: readonly string[]): Place | null {
  const [slug, second, ...rest] = parts;
  const name = parts.at(-1);
  if (slug === undefined || second === undefined || name === undefined || !name.endsWith(".jsonl")) return null;
  if (rest.length === 0) {
    if (second.startsWith("agent-")) return { kind: "subagent", sessionId: null };
    return { kind: "main", sessionId: second.slice(0, -".jsonl".length) };
  }
  if (rest.includes("subagents")) return name.startsWith("agent-") ? { kind: "subagent", sessionId: second } : null;
  return rest.length === 1 ? { kind: "part", sessionId: second } : null;
}

class Walk {
  readonly files: FoundTranscript[] = [];
  readonly problems: FindProblem[] = [];
  readonly missing: string[] = [];
  readonly #seenFolders = new Set<string>();
  readonly #seenFiles = new Set<string>();
  #disk = new DiskQuestions();

  /** Each root may be on a disk of its own. */
  async begin(folder: string): Promise<void> {
    this.#disk = await DiskQuestions.about(folder);
  }

  async folder(path: string): Promise<readonly Dirent[]> {
    try {
      const real = await this.#disk.realPath(path);
      if (this.#seenFolders.has(real)) return [];
      this.#seenFolders.add(real);
      const entries = await this.#disk.entries(real);
      // The CLI leaves the folders of projects there: an empty one is where a disk was mounted.
      if (entries.length === 0 && basename(path) === "projects") this.missing.push(path);
      return entries;
    } catch (error) {
      if (codeOf(error) === "ENOENT" && basename(path) === "projects") this.missing.push(path);
      else this.#problem(path, error);
      return [];
    }
  }

  async project(path: string): Promise<void> {
    // Whatever else this thread has to do comes in between.
    await setImmediate();
    await this.#below(path, [basename(path)], 0);
  }

  async #below(path: string, parts: readonly string[], depth: number): Promise<void> {
    const entries = await this.folder(path);
    for (const entry of entries) {
      const childParts = [...parts, entry.name];
      const child = join(path, entry.name);
      if (entry.name.endsWith(".jsonl")) await this.#file(child, childParts);
      else if (depth < MAX_DEPTH && (entry.isDirectory() || entry.isSymbolicLink()) && leadsToTranscripts(childParts))
        await this.#below(child, childParts, depth + 1);
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

/** Session folders also hold tool results and images by the thousand: only `subagents` and what is in it is entered. */
function leadsToTranscripts(parts: readonly string[]): boolean {
  return parts.length === 2 || parts[2] === "subagents";
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
