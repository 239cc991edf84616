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
