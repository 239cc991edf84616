import { type ErrorCode, RequestError } from "../../../shared/contract/errors.ts";
import type { ProcessExit } from "../claude/claudeProcess.ts";

/** The failure of a request whose process ended before it was ready, by what the CLI said on its way out. */
export function startFailure(exit: ProcessExit, sessionId: string): RequestError {
  const code = codeOf(exit);
  const reason = exit.reason ?? "The claude process ended before it was ready.";
  return new RequestError(code, reason, { sessionId, exitCode: exit.exitCode, stderr: exit.stderrTail });
}

function codeOf(exit: ProcessExit): ErrorCode {
  switch (exit.reasonCode) {
    case "session_id_in_use":
      return "session_id_in_use";
    case "conversation_not_found":
      return "not_found";
    default:
      return "claude_failed";
  }
}

/** The failure to resume a session that is known here: what the CLI says of ids means more of such a one. */
export function resumeFailure(error: unknown): unknown {
  if (!(error instanceof RequestError)) return error;
  switch (error.code) {
    // The CLI writes a session down with its first answer: one that was killed before has nothing to go on from.
    case "not_found": {
      const words = "Claude Code has kept nothing of this session: it ended before its first answer. Start a new one.";
      return new RequestError("not_found", words, error.detail);
    }
    // It opened between our own look and the start of the process.
    case "session_id_in_use": {
      const words = "Claude Code says that another process has this session open. Close it there first.";
      return new RequestError("session_open_elsewhere", words, error.detail);
    }
    default:
      return error;
  }
}
