import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestResult } from "../../../shared/contract/requests.ts";

/** Names that one listing shows: more than anybody scrolls through, few enough to send at once. */
const MAX_DIRECTORIES = 1000;

/**
 * Lists the visible directories inside `path`, or inside the home directory.
 * @throws RequestError `directory_unusable` when it cannot be read.
 */
export async function listDirectories(path = homedir()): Promise<RequestResult<"directories.list">> {
  if (!isAbsolute(path)) throw new RequestError("directory_unusable", `${path} is not an absolute path.`);
  const directory = resolve(path);
  const names = await readVisibleDirectories(directory);
  const parent = dirname(directory);
  return {
    path: directory,
    parent: parent === directory ? null : parent,
    directories: names.slice(0, MAX_DIRECTORIES).map((name) => join(directory, name)),
    truncated: names.length > MAX_DIRECTORIES,
  };
}

async function readVisibleDirectories(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries
      .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith("."))
      .map((entry) => entry.name)
      .toSorted((a, b) => a.localeCompare(b));
  } catch (error) {
    throw new RequestError("directory_unusable", `${directory} cannot be listed: ${reasonOf(error)}.`);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "it does not exist";
  if (code === "ENOTDIR") return "it is not a directory";
  if (code === "EACCES" || code === "EPERM") return "this user may not read it";
  return error instanceof Error ? error.message : String(error);
}
