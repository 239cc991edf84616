import { expect, test } from "vitest";
import { resumeFailure, startFailure } from "../../../../../electron/engine/sessions/startFailure.ts";
import type { ProcessExit } from "../../../../../electron/engine/claude/claudeProcess.ts";
import { RequestError } from "../../../../../shared/contract/errors.ts";

const exit = (more: Partial<ProcessExit>): ProcessExit => ({
  ...{
    pid: 7,
    ok: false,
    exitCode: 1,
    signal: null,
    expected: false,
    reason: "Why.",
    reasonCode: "failed",
    stderrTail: "Words.",
  },
  ...more,
});

test.each([
  ["session_id_in_use", "session_id_in_use", "session_open_elsewhere"],
  ["conversation_not_found", "not_found", "not_found"],
  ["failed", "claude_failed", "claude_failed"],
] as const)("a process that ended because of %s", (reasonCode, started, resumed) => {
  const failure = startFailure(exit({ reasonCode }), "one");
  const detail = { sessionId: "one", exitCode: 1, stderr: "Words." };
  expect(failure).toMatchObject({ code: started, message: "Why.", detail });
  expect(resumeFailure(failure)).toMatchObject({ code: resumed, detail });
});

test("what the CLI says of a second writer is passed on with words of what to do", () => {
  const refused = resumeFailure(new RequestError("session_id_in_use", "The id is in use."));
  expect(refused).toMatchObject({ message: expect.stringMatching(/another process has this session open.*Close it/u) });
  const strange = new Error("no request");
  expect(resumeFailure(strange)).toBe(strange);
});
