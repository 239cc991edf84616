import { expect, test } from "vitest";
import { explainExit } from "../../../../../electron/engine/claude/exitReason.ts";
import type { ExitFacts, ExitReasonCode } from "../../../../../electron/engine/claude/exitReason.ts";

const clean: ExitFacts = {
  exitCode: 0,
  signal: null,
  stderrTail: "",
  lastErrors: [],
  stopRequested: false,
  outputClosedEarly: false,
};
const inUse = "Error: Session ID 2918b7f0-657a-4f49-94ce-3452208266dc is already in use.\n";
const notFound = "No conversation found with session ID: 48bed2bd-0dcd-4d5b-940e-d2a81e7ac08f";

const cases: readonly (readonly [string, Partial<ExitFacts>, ExitReasonCode, RegExp | null])[] = [
  ["by itself", {}, "finished", null],
  ["asked to", { stopRequested: true }, "stopped", null],
  ["asked to, after an interrupted turn", { stopRequested: true, exitCode: 1 }, "stopped", null],
  ["asked to, by force", { stopRequested: true, exitCode: null, signal: "SIGKILL" }, "stopped", null],
  ["id in use", { exitCode: 1, stderrTail: inUse }, "session_id_in_use", /resume that session/u],
  [
    "open in another process",
    { exitCode: 1, stderrTail: "2918b7f0 is open in another Claude Code process" },
    "session_id_in_use",
    /resume that session/u,
  ],
  [
    "id in use, while somebody gave up on it",
    { exitCode: 1, stderrTail: inUse, stopRequested: true },
    "session_id_in_use",
    /resume that session/u,
  ],
  ["unknown conversation, on stderr", { exitCode: 1, stderrTail: notFound }, "conversation_not_found", /Check the id/u],
  ["unknown conversation, in the result", { exitCode: 1, lastErrors: [notFound] }, "conversation_not_found", /Check/u],
  [
    "a title that is none",
    { exitCode: 1, stderrTail: "Error: --resume requires a valid session ID or session title when used with --print." },
    "conversation_not_found",
    /Check the id/u,
  ],
  ["not logged in", { exitCode: 1, lastErrors: ["Not logged in · Please run /login"] }, "not_logged_in", /log in/u],
  ["unknown option", { exitCode: 1, stderrTail: "error: unknown option '--bogus'\n" }, "unknown_option", /Update/u],
  [
    "a mode that a version does not know",
    { exitCode: 1, stderrTail: "error: option '--permission-mode <mode>' argument 'weird' is invalid." },
    "unknown_option",
    /Update/u,
  ],
  ["MCP", { exitCode: 1, stderrTail: "Error: Invalid MCP configuration:\nnot found" }, "invalid_mcp_config", /path/u],
  [
    "root",
    { exitCode: 1, stderrTail: "--dangerously-skip-permissions cannot be used with root/sudo privileges" },
    "bypass_refused",
    /another permission mode/u,
  ],
  [
    "output closed",
    { exitCode: null, signal: "SIGTERM", outputClosedEarly: true },
    "output_closed",
    /closed its output/u,
  ],
  [
    "killed",
    { exitCode: null, signal: "SIGKILL", stderrTail: inUse },
    "killed",
    /memory ran out\) \(SIGKILL\)|SIGKILL/u,
  ],
  ["a signal", { exitCode: null, signal: "SIGTERM" }, "killed", /from outside \(SIGTERM\)/u],
  ["the last words", { exitCode: 7, stderrTail: "a warning\nit broke\n\n" }, "failed", /exit code 7: it broke$/u],
  [
    "the result's words first",
    { exitCode: 1, stderrTail: "noise", lastErrors: ["Reached maximum"] },
    "failed",
    /: Reached/u,
  ],
  ["no words", { exitCode: 7 }, "failed", /gave no reason/u],
];

test.each(cases)("%s", (_name, facts, code, message) => {
  const reason = explainExit({ ...clean, ...facts });
  expect({ code: reason.code, isSilent: reason.message === null }).toEqual({ code, isSilent: message === null });
  expect(reason.message ?? "").toMatch(message ?? /^$/u);
});

test("words of any length are quoted in part", () => {
  const reason = explainExit({ ...clean, exitCode: 7, stderrTail: "x".repeat(100_000) });
  expect(reason.message?.length).toBeLessThan(600);
});
