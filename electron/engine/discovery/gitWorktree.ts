/** Which repository a directory is a linked worktree of, by the files that git keeps; see gitrepository-layout(5). */
import { open, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve, sep } from "node:path";

/** A linked worktree, and the repository that it belongs to. */
export interface GitWorktree {
  /** The name of its folder. */
  readonly name: string;
  /** The top of the worktree. */
  readonly path: string;
  /** The top of the repository's own working tree; of a bare repository the folder that holds it. */
  readonly repository: string;
  /** The directory that was asked for as the repository's own working tree has it; its top where there is no such. */
  readonly projectPath: string;
}

/** The files are of one line; what is longer is something else. */
const MAX_FILE_BYTES = 4 * 1024;

/** Deeper than any project lies. */
const MAX_PARENTS = 64;

/** Where the CLI makes worktrees of its own (measured on 2.1.329). */
const OWN_WORKTREE = /^(.*)[/\\]\.claude[/\\]worktrees[/\\]([^/\\]+)/u;

/** Null for a directory in no linked worktree. Never rejects. */
export async function readGitWorktree(directory: string): Promise<GitWorktree | null> {
  let folder = directory;
  for (let depth = 0; depth < MAX_PARENTS; depth += 1) {
    const dotGit = join(folder, ".git");
    const found = await stat(dotGit).catch(() => null);
    if (found !== null) return found.isFile() ? linkedWorktree(directory, folder, dotGit) : null;
    const parent = dirname(folder);
    if (parent === folder) return null;
    folder = parent;
  }
  return null;
}

/** A worktree that the CLI made, by its path alone: for one that is gone. */
export function worktreeOfPath(directory: string): GitWorktree | null {
  const [path, repository, name] = OWN_WORKTREE.exec(directory) ?? [];
  if (path === undefined || repository === undefined || name === undefined) return null;
  return { name, path, repository, projectPath: repository };
}

/** `.git` is a file in submodules, too: only the administrative directory of a worktree is one of `worktrees`. */
async function linkedWorktree(directory: string, top: string, dotGit: string): Promise<GitWorktree | null> {
  const target = /^gitdir: (.+)$/mu.exec(await readStart(dotGit))?.[1];
  if (target === undefined) return null;
  const administrative = resolve(top, target.trim());
  if (basename(dirname(administrative)) !== "worktrees") return null;
  const common = (await readStart(join(administrative, "commondir"))).trim();
  const gitDirectory = common === "" ? dirname(dirname(administrative)) : resolve(administrative, common);
  // A bare repository often lies hidden beside its worktrees, e.g. in `.bare`.
  const repository = basename(gitDirectory).startsWith(".") ? dirname(gitDirectory) : gitDirectory;
  if (!(await isDirectory(repository))) return null;
  const below = join(repository, relative(top, directory));
  const isThere = below.startsWith(repository + sep) && (await isDirectory(below));
  return { name: basename(top), path: top, repository, projectPath: isThere ? below : repository };
}

async function isDirectory(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

async function readStart(path: string): Promise<string> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return "";
  try {
    const buffer = Buffer.alloc(MAX_FILE_BYTES);
    const { bytesRead } = await file.read(buffer, 0, MAX_FILE_BYTES, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } catch {
    return "";
  } finally {
    await file.close();
  }
}
