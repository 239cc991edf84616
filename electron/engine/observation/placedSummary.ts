/** Where a session works: in its project's own directory or in a worktree of it, and whether that is still there. Pure. */
import { sep } from "node:path";
import type { SessionSummary } from "../../../shared/model/session.ts";
import type { GitWorktree } from "../discovery/gitWorktree.ts";
import type { DirectoryPlace } from "./directoryPlaces.ts";

/** The summary with what is known of its directories, as far as it is known already. */
export function placedSummary(
  summary: SessionSummary,
  placeOf: (path: string) => DirectoryPlace | null,
): SessionSummary {
  const { projectPath } = summary;
  const begun = placeOf(projectPath)?.worktree ?? null;
  const project = begun?.projectPath ?? projectPath;
  const cwd = summary.facts?.lastCwd ?? null;
  const entered = cwd === null ? null : (placeOf(cwd)?.worktree ?? null);
  // Another repository's worktree is a place that the session went to, and none of its project.
  const worktree = entered !== null && isOf(entered, begun?.repository ?? project) ? entered : begun;
  return {
    ...summary,
    worktree:
      worktree === null
        ? null
        : {
            name: worktree.name,
            path: worktree.path,
            projectPath: project,
            isGone: placeOf(worktree.path)?.isGone ?? false,
          },
    isFolderGone: placeOf(project)?.isGone ?? false,
  };
}

/** The project may be a directory within the repository. */
function isOf({ repository }: GitWorktree, directory: string): boolean {
  return directory === repository || directory.startsWith(repository + sep);
}
