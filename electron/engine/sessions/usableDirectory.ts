import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { RequestError } from "../../../shared/contract/errors.ts";

/**
 * The real path of a directory that a session can work in.
 * @throws RequestError `directory_unusable` when it is missing, relative, a file, or closed to this user.
 */
export async function usableDirectory(path: string): Promise<string> {
  if (!isAbsolute(path)) {
    throw new RequestError("directory_unusable", `${path} is not an absolute path. Give the whole path.`);
  }
  try {
    const real = await realpath(path);
    if (!(await stat(real)).isDirectory()) {
      throw new RequestError("directory_unusable", `${path} is a file. Choose the directory it is in.`);
    }
    await access(real, constants.R_OK | constants.X_OK);
    return real;
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw new RequestError("directory_unusable", unusableReason(path, error));
  }
}

function unusableReason(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `${path} does not exist. Create it, or choose another directory.`;
  if (code === "ENOTDIR") return `${path} is not a directory.`;
  if (code === "EACCES" || code === "EPERM") return `${path} cannot be read by this user. Choose another directory.`;
  return `${path} cannot be used: ${error instanceof Error ? error.message : String(error)}.`;
}
