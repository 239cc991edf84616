/**
 * Reads the CLI's registry of live sessions, `$CONFIG/sessions/<pid>.json`. Reads only: nothing there is ever deleted,
 * and the `.key` files beside the entries are never opened.
 */
import { open, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { RegistryReading } from "./registryEntry.ts";
import { parseRegistryFile } from "./registryEntry.ts";

/** Entries are below 1 KB; more than this is something else under the name of one. */
const MAX_FILE_BYTES = 64 * 1024;

const ENTRY_NAME = /^(\d+)\.json$/u;

/** Where a config root keeps its registry. */
export function registryDirectory(configRoot: string): string {
  return join(configRoot, "sessions");
}

export function isRegistryFile(path: string): boolean {
  return ENTRY_NAME.test(basename(path));
}

/** The paths of the entries of a registry; none when the directory is missing or cannot be read. */
export async function listRegistryFiles(directory: string): Promise<readonly string[]> {
  const names = await readdir(directory).catch(() => []);
  return names.filter((name) => ENTRY_NAME.test(name)).map((name) => join(directory, name));
}

/** Null when there is no such file any more; an entry that names another process than its file does is broken. */
export async function readRegistryFile(path: string): Promise<RegistryReading | null> {
  try {
    const reading = parseRegistryFile(await readStart(path));
    if (!reading.ok || String(reading.entry.pid) === ENTRY_NAME.exec(basename(path))?.[1]) return reading;
    return { ok: false, reason: `It names process ${String(reading.entry.pid)}.` };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

async function readStart(path: string): Promise<string> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(MAX_FILE_BYTES);
    const { bytesRead } = await file.read(buffer, 0, MAX_FILE_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}
