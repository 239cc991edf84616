import type { SessionSummary } from "../../../shared/model/session.ts";

/** The directory to go on with a session in: where it was begun, or where it was last when that is gone. */
export function workDirectory({ projectPath, worktree, isFolderGone, facts }: SessionSummary): string {
  const isBegunGone = worktree?.path === projectPath ? worktree.isGone : isFolderGone;
  return isBegunGone ? (facts?.lastCwd ?? projectPath) : projectPath;
}
