import { expect, test } from "vitest";
import {
  formatCpu,
  shortCommand,
  stopNotice,
  stopRefusal,
  stopWords,
} from "../../../../renderer/views/processes/processWords.ts";
import { sampleProcess } from "./sampleProcess.ts";

test.each([
  ["observed", "Stop a process of somebody else's terminal?", "Stop it all the same"],
  ["orphan", "Stop this left-over process?", "Stop process"],
  ["owned", "Close this session?", "Close session"],
] as const)("the question before an %s process is stopped", (owner, title, confirm) => {
  const words = stopWords(sampleProcess({ owner }));
  expect([words.title, words.confirm]).toEqual([title, confirm]);
});

test.each([
  ["its start is known", {}, true],
  ["its start is not known", { startIdentity: null }, false],
  ["it is owned, whatever is known of its start", { startIdentity: null, owner: "owned" }, true],
] as const)("can be stopped when %s", (_name, change, expected) => {
  expect(stopRefusal(sampleProcess(change)) === null).toBe(expected);
});

test.each([
  [{ ok: true, outcome: "ended" }, "success", "Process 100 has ended"],
  [{ ok: true, outcome: "already_gone" }, "info", "Process 100 had ended before"],
  [{ ok: false, failure: { code: "process_changed", message: "m" } }, "failure", "This is another process by now"],
  [{ ok: false, failure: { code: "process_still_running", message: "m" } }, "failure", "The process did not end"],
  [{ ok: false, failure: { code: "internal", message: "m" } }, "failure", "The process was not stopped"],
] as const)("what became of a stop: %j", (result, tone, title) => {
  const notice = stopNotice(sampleProcess(), result);
  expect([notice.tone, notice.title, notice.text]).toEqual([tone, title, result.ok ? null : "m"]);
});

test.each([
  [null, "–"],
  [0, "0.0%"],
  [7.34, "7.3%"],
  [143.6, "144%"],
])("%j percent", (percent, expected) => {
  expect(formatCpu(percent)).toBe(expected);
});

test.each([
  ["/usr/local/bin/claude --resume abc", "claude --resume abc"],
  ["claude", "claude"],
  ["claude --add-dir /home/user/shop", "claude --add-dir /home/user/shop"],
  [String.raw`C:\Users\me\claude.exe --print`, "claude.exe --print"],
  ["'/opt/my tools/claude' --print", "'/opt/my tools/claude' --print"],
  ["/opt/claude/", "claude/"],
])("%s is shown as %s", (command, expected) => {
  expect(shortCommand(command)).toBe(expected);
});
