/** Versions before this lack the duplex protocol that everything here rests on. */
export const MINIMUM_CLAUDE_VERSION = "2.1.0";

/** Reads what `claude --version` prints, e.g. `2.1.329 (Claude Code)`; null when it is something else. */
export function parseClaudeVersion(output: string): string | null {
  return /^(\d+\.\d+\.\d+\S*)/u.exec(output.trim())?.[1] ?? null;
}

/** Compares the three numbers; what follows them (a pre-release) does not count. */
export function isSupportedVersion(version: string): boolean {
  const wanted = numbersOf(MINIMUM_CLAUDE_VERSION);
  const given = numbersOf(version);
  const at = wanted.findIndex((number, index) => number !== given[index]);
  return at === -1 || (given[at] ?? 0) > (wanted[at] ?? 0);
}

function numbersOf(version: string): readonly number[] {
  return version.split(/[.+-]/u, 3).map(Number);
}
