import type { SessionSummary } from "../../../shared/model/session.ts";
import type { TokenUsage } from "../../../shared/model/usage.ts";
import { formatCount, formatTokens, formatUsd } from "../../components/formats.ts";
import { isWorking } from "./isWorking.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";

/** What a session used: in short for a list, and exactly for a tooltip. */
export interface SpentWords {
  readonly short: string;
  readonly exact: string;
}

const kindWords: readonly (readonly [keyof TokenUsage, string])[] = [
  ["input", "input"],
  ["output", "output"],
  ["cacheRead", "cache read"],
  ["cacheWrite5m", "cache write, 5 minutes"],
  ["cacheWrite1h", "cache write, 1 hour"],
];

/** The cost where it is known, else the tokens, else a dash. Unknown is not zero. */
export function spentWords(session: SessionSummary): SpentWords {
  const { costUsd, turnCostUsd, facts } = session;
  const usage = facts?.usage ?? null;
  const tokens = usage === null ? null : tokenWords(usage);
  if (costUsd !== null) {
    const turn =
      turnCostUsd !== null && isWorking(session) ? `, $${turnCostUsd.toFixed(6)} of it by the running turn` : "";
    const exact = `Cost so far: $${costUsd.toFixed(6)}${turn}`;
    return { short: formatUsd(costUsd), exact: tokens === null ? exact : `${exact}\n${tokens.exact}` };
  }
  return tokens ?? { short: "–", exact: "Neither cost nor tokens are known yet" };
}

function tokenWords(usage: TokenUsage): SpentWords | null {
  const known = kindWords.flatMap(([kind, words]) => {
    const count = usage[kind];
    return count === null ? [] : [{ words, count }];
  });
  if (known.length === 0) return null;
  const total = known.reduce((sum, { count }) => sum + count, 0);
  const parts = known.map(({ words, count }) => `${formatCount(count)} ${words}`);
  return {
    short: `${formatTokens(total)} tok`,
    exact: `${formatCount(total)} tokens: ${parts.join(", ")}`,
  };
}

/** The model without its vendor's prefix and its date, e.g. `opus-4-8`. */
export function shortModel(model: string): string {
  return visibleText(model.replace(/^claude-/u, "").replace(/-\d{8}$/u, ""));
}

/** Whose process has the session open; null when none has. */
export function ownerBadge({ live, owner }: SessionSummary): { readonly label: string; readonly title: string } | null {
  if (!live || owner === "none") return null;
  return owner === "owned"
    ? { label: "owned", title: "Runs in Switchboard" }
    : { label: "terminal", title: "Runs in another terminal or editor; watched from here" };
}

/** Where the session went from its project's directory, in words; null when it stayed, or its worktree tells. */
export function placeHint({ facts, projectPath, worktree }: SessionSummary): string | null {
  const lastCwd = facts?.lastCwd ?? null;
  if (lastCwd === null || lastCwd === projectPath || lastCwd === worktree?.path) return null;
  return `Last worked in ${visibleText(lastCwd)}`;
}

/** Which worktree a session works in, in words. */
export function worktreeHint({ path, isGone }: NonNullable<SessionSummary["worktree"]>): string {
  return `Works in the git worktree ${visibleText(path)}${isGone ? ", which is gone" : ""}`;
}

/** What stands beside a project whose directory is not there any more. */
export const FOLDER_GONE = "folder is gone";
