/** As many as the host takes. */
const MAX_ROOTS = 50;
const MAX_PATH_CHARS = 4096;

/** Why a folder cannot be added, in words; null when it can. Whether it exists only the host knows. */
export function rootProblem(path: string, roots: readonly string[]): string | null {
  const trimmed = path.trim();
  if (trimmed === "") return "Write the folder's path.";
  if (!/^(?:\/|~|[A-Za-z]:[\\/]|\\\\)/u.test(trimmed))
    return "Write the whole path, from the root on, e.g. /mnt/backup/.claude.";
  if (trimmed.length > MAX_PATH_CHARS) return "The path is too long.";
  if (roots.map(withoutSlash).includes(withoutSlash(trimmed))) return "This folder is read already.";
  if (roots.length >= MAX_ROOTS) return `At most ${MAX_ROOTS} folders can be added. Remove one first.`;
  return null;
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/[/\\]+$/u, "") : path;
}
