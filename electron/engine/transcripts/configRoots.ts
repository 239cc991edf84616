import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";

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

/** The candidates that are folders now, as real paths, each once. One that cannot be read is left out. */
export async function existingRoots(candidates: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(candidates.map((path) => realFolder(path)));
  return [...new Set(found.filter((path) => path !== null))];
}

async function realFolder(path: string): Promise<string | null> {
  try {
    const real = await realpath(path);
    return (await stat(real)).isDirectory() ? real : null;
  } catch {
    return null;
  }
}
