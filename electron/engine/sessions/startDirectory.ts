import { RequestError } from "../../../shared/contract/errors.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { usableDirectory } from "./usableDirectory.ts";

/**
 * The real path of the directory to start a session in: the one that was asked for, else the one that the session to be
 * resumed was begun in, else the one it was last in. The CLI finds a session from any directory (measured on 2.1.329).
 * @throws RequestError `directory_unusable` when there is none that can be used, `not_found` when nothing is known of
 *   the session.
 */
export async function startDirectory(asked: string | undefined, session: SessionSummary | undefined): Promise<string> {
  if (asked !== undefined) return usableDirectory(asked);
  if (session === undefined) throw new RequestError("not_found", "There is no such session here. Name a directory.");
  const lastCwd = session.facts?.lastCwd ?? null;
  const begun = await usableDirectory(session.projectPath).catch(refusalOf);
  if (typeof begun === "string") return begun;
  if (lastCwd === null || lastCwd === session.projectPath) throw begun;
  const last = await usableDirectory(lastCwd).catch(refusalOf);
  if (typeof last === "string") return last;
  throw new RequestError(
    "directory_unusable",
    `The session was begun in ${session.projectPath} and was last in ${lastCwd}; neither can be used. Bring one back, or choose another directory.`,
    { directories: [session.projectPath, lastCwd] },
  );
}

function refusalOf(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  throw error;
}
