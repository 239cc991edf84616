import type { SessionSummary } from "../model/session.ts";

/** The project that a session is listed with: a session in a worktree is listed with the worktree's repository. */
export function projectOf({ projectPath, worktree }: Pick<SessionSummary, "projectPath" | "worktree">): string {
  return worktree?.projectPath ?? projectPath;
}
