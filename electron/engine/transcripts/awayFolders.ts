/**
 * Tells what was deleted from what is only away: on a disk that is not mounted, or in a folder that was moved.
 * Invariant: what is known of a folder that is away, or cannot be looked into, is never taken for deleted.
 */
import { readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import type { TranscriptFileStateRow } from "../storage/transcriptRows.ts";
import type { FindResult, FoundFolder } from "./findTranscripts.ts";

export interface Missing {
  /** What was deleted. */
  readonly gone: readonly TranscriptFileStateRow[];
  /** Folders that hold something of what is known, and are not there. */
  readonly away: readonly string[];
}

/** Said of folders that are not there; of others the system says why they cannot be read. */
const NOT_THERE = new Set([
  "ENOENT",
  "ENODEV",
  "ENXIO",
  "ENOTCONN",
  "ESTALE",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ETIMEDOUT",
]);

export function projectsOf(root: string): string {
  return join(root, "projects");
}

/** Sorts what is known below the roots and was not found. Never rejects. */
export async function sortMissing(
  roots: readonly string[],
  known: Iterable<TranscriptFileStateRow>,
  found: FindResult,
): Promise<Missing> {
  const present = new Set(found.files.map(({ path }) => path));
  const bases = roots.map(projectsOf);
  const rows = [...known].filter(({ path, state }) => state !== "gone" && bases.some((base) => isIn(path, base)));
  const missing = rows.filter(({ path }) => !present.has(path));
  if (missing.length === 0) return { gone: [], away: [] };
  const notThere = found.problems.filter(({ code }) => NOT_THERE.has(code)).map(({ path }) => path);
  const isKnownIn = (folder: string): boolean => missing.some(({ path }) => isIn(path, folder));
  const away = [...found.missing, ...notThere].filter(isKnownIn);
  for (const folder of found.folders) if (await isOtherDisk(folder, rows, present)) away.push(folder.listed);
  const unread = found.problems.map(({ path }) => path);
  const gone = missing.filter(({ path }) => ![...away, ...unread].some((one) => path === one || isIn(path, one)));
  return { gone, away };
}

/** Whether nothing that is known of a folder is there, but another disk than that which held it. */
async function isOtherDisk(
  { listed }: FoundFolder,
  rows: readonly TranscriptFileStateRow[],
  present: ReadonlySet<string>,
): Promise<boolean> {
  const known = rows.filter(({ path }) => isIn(path, listed));
  if (known.length === 0 || known.some(({ path }) => present.has(path))) return false;
  const device = await deviceOf(listed);
  return device !== null && known.every((row) => deviceOfRow(row) !== device);
}

type KnownFile = Pick<TranscriptFileStateRow, "path" | "identity" | "sessionId">;

/** Those of the missing files whose folders are there as they were: only these were deleted. */
export async function deletedOf(
  files: readonly KnownFile[],
  folders: readonly FoundFolder[],
): Promise<readonly KnownFile[]> {
  const byFolder = Map.groupBy(files, ({ path }) => innermost(path, folders));
  const deleted = await Promise.all(
    [...byFolder].map(async ([folder, inside]) => {
      if (folder === null || (await isEmptyOrAway(folder))) return [];
      const device = await deviceOf(folder);
      return inside.filter((file) => deviceOfRow(file) === device);
    }),
  );
  return deleted.flat();
}

function innermost(path: string, folders: readonly FoundFolder[]): string | null {
  const around = folders.filter(({ listed }) => isIn(path, listed)).map(({ listed }) => listed);
  return around.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

function isIn(path: string, folder: string): boolean {
  return path.startsWith(folder + sep);
}

function deviceOfRow({ identity }: Pick<TranscriptFileStateRow, "identity">): string {
  return identity.slice(0, identity.indexOf(":"));
}

async function deviceOf(path: string): Promise<string | null> {
  try {
    return String((await stat(path)).dev);
  } catch {
    return null;
  }
}

async function isEmptyOrAway(path: string): Promise<boolean> {
  try {
    return (await readdir(path)).length === 0;
  } catch {
    return true;
  }
}
