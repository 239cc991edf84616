/**
 * Plans that the CLI keeps in files of their own: `$CONFIG/plans/<name>.md` (measured on 2.1.329).
 * Invariant: whatever path a model or a transcript names, only a Markdown file right in the given folder is read, no link
 * out of it is followed, and no more of it than is shown.
 */
import { Buffer } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Far longer than a plan that somebody reads, and read in about a millisecond. */
const MAX_PLAN_BYTES = 256 * 1024;

/** A FIFO of that name would else be waited for. */
const HOW = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The name of the plan's file that a path leads to; null when it leads to no plan. */
export function planFileName(path: string): string | null {
  const name = basename(path);
  return name.endsWith(".md") && basename(dirname(path)) === "plans" ? name : null;
}

/** The plan in a file of that name; null when there is none, or an empty one. Never rejects. */
export async function readPlanFile(folder: string, name: string): Promise<string | null> {
  try {
    const file = await open(join(folder, basename(name)), HOW);
    try {
      if (!(await file.stat()).isFile()) return null;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_PLAN_BYTES), 0, MAX_PLAN_BYTES, 0);
      return planIn(buffer, bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/** As `readPlanFile`, for whoever cannot wait. */
export function readPlanFileNow(folder: string, name: string): string | null {
  try {
    const file = openSync(join(folder, basename(name)), HOW);
    try {
      if (!fstatSync(file).isFile()) return null;
      const bytes = Buffer.alloc(MAX_PLAN_BYTES);
      return planIn(bytes, readSync(file, bytes, 0, MAX_PLAN_BYTES, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

function planIn(bytes: Buffer, length: number): string | null {
  const plan = bytes.toString("utf8", 0, length);
  return plan.trim() === "" ? null : plan;
}
