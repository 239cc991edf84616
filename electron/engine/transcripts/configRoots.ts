import { readlink, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** What decides where the CLI keeps its files. */
export interface ConfigRootSources {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Folders that the user added. */
  readonly extraRoots?: readonly string[];
}

/**
 * The folders that may hold a `projects` folder, best first: those of `CLAUDE_CONFIG_DIR` (one, or several with commas
 * between), else `~/.claude` and `$XDG_CONFIG_HOME/claude`; then the user's own. A path that ends in `projects` stands
 * for the folder around it.
 */
export function configRootCandidates({ environment, home, extraRoots = [] }: ConfigRootSources): readonly string[] {
  const named = (environment["CLAUDE_CONFIG_DIR"] ?? "").split(",");
  const configured = named.map((path) => path.trim()).filter((path) => path !== "");
  const configHome = environment["XDG_CONFIG_HOME"];
  const usual = [
    join(home, ".claude"),
    join(configHome === undefined || configHome === "" ? join(home, ".config") : configHome, "claude"),
  ];
  const all = [...(configured.length > 0 ? configured : usual), ...extraRoots];
  return all.map((path) => withoutProjects(path, home));
}

function withoutProjects(path: string, home: string): string {
  const expanded = path === "~" || path.startsWith("~/") ? join(home, path.slice(1)) : path;
  return expanded.replace(/[/\\]projects[/\\]?$/u, "");
}

/** Those of the paths that are folders now. One that cannot be read is left out. */
export async function existingFolders(paths: readonly string[]): Promise<readonly string[]> {
  const are = await Promise.all(paths.map((path) => isFolder(path)));
  return paths.filter((_, index) => are[index]);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/** A way through more links than this is a loop. */
const MAX_LINKS = 40;

/** Where a path leads, as a real path. What of the way is not there now is taken as it is written. */
export async function whereItLeads(path: string, maxLinks = MAX_LINKS): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null) return real;
  const parent = dirname(path);
  if (parent === path) return path;
  const folder = await whereItLeads(parent, maxLinks);
  const target = await readlink(path).catch(() => null);
  if (target === null || maxLinks === 0) return join(folder, basename(path));
  return whereItLeads(resolve(folder, target), maxLinks - 1);
}
