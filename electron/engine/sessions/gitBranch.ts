import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

/** The git branch of a working directory, a short commit id when detached, or null outside a repository. */
export async function readGitBranch(directory: string): Promise<string | null> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const head = await readHead(join(folder, ".git"));
    if (head !== null) return branchOf(head);
    if (dirname(folder) === folder) return null;
  }
}

/** The text of HEAD. In a worktree or submodule `.git` is a file that names the real git directory. */
async function readHead(dotGit: string): Promise<string | null> {
  try {
    const isDirectory = (await stat(dotGit)).isDirectory();
    const gitDirectory = isDirectory ? dotGit : await linkedGitDirectory(dotGit);
    return gitDirectory === null ? null : await readFile(join(gitDirectory, "HEAD"), "utf8");
  } catch {
    return null;
  }
}

async function linkedGitDirectory(dotGit: string): Promise<string | null> {
  const target = /^gitdir: (.+)$/mu.exec(await readFile(dotGit, "utf8"))?.[1];
  return target === undefined ? null : resolve(dirname(dotGit), target.trim());
}

function branchOf(head: string): string | null {
  const branch = /^ref: refs\/heads\/(.+)$/mu.exec(head)?.[1];
  return branch?.trim() ?? (head.trim().slice(0, 8) || null);
}
