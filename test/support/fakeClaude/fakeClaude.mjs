#!/usr/bin/env node
/**
 * A fake `claude` executable, for faults that the real CLI does not show on demand. Plain JavaScript so that every
 * Node from 20 on runs it, directly or as `node fakeClaude.mjs`. Without a fault it answers like the real one where
 * claudeContract.test.ts compares them.
 *
 * Environment:
 *   FAKE_CLAUDE_FAULT      one or more names from fakeFaults.mjs, separated by commas
 *   FAKE_CLAUDE_SCRIPT     path of a JSON file {fault?, version?, turns?: [[line, …], …]}: the lines are printed in place
 *                          of the answer to the first, second, … user message; strings verbatim, objects as JSON,
 *                          with "$UUID" and "$SESSION" replaced
 *   FAKE_CLAUDE_LINES      number of partial-message lines of the fault `flood`
 *   FAKE_CLAUDE_RATE       lines a second of that flood; as fast as the reader takes them when missing
 *   FAKE_CLAUDE_STDIN_LOG  file that gets one JSON object for each stdin line: {"atNs": "…", "line": "…"}
 *                          (process.hrtime, which on Linux is one clock for all processes)
 *   FAKE_CLAUDE_VERSION    the version to claim
 */
import { openSync, readFileSync, writeSync } from "node:fs";
import { installStartFaults, wantsFault } from "./fakeFaults.mjs";
import { createSession } from "./fakeSession.mjs";

const argv = process.argv.slice(2);
const script = readScript();
const faults = (script.fault ?? process.env.FAKE_CLAUDE_FAULT ?? "").split(",").filter((name) => name !== "");
const version =
  script.version ?? process.env.FAKE_CLAUDE_VERSION ?? (wantsFault(faults, "tooOld") ? "2.0.14" : "2.1.329");

if (argv.includes("--version") || argv.includes("-v")) {
  console.log(`${version} (Claude Code)`);
} else {
  installStartFaults(faults);
  readInput(createSession({ argv, version, faults, turns: script.turns ?? [] }), openInputLog());
}

function readScript() {
  const path = process.env.FAKE_CLAUDE_SCRIPT;
  return path ? JSON.parse(readFileSync(path, "utf8")) : {};
}

function openInputLog() {
  const path = process.env.FAKE_CLAUDE_STDIN_LOG;
  return path ? openSync(path, "a") : null;
}

function readInput(session, inputLog) {
  let rest = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text) => {
    const atNs = process.hrtime.bigint().toString();
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (inputLog !== null) writeSync(inputLog, `${JSON.stringify({ atNs, line })}\n`);
      if (line.trim() !== "") session.receive(line);
    }
  });
  process.stdin.on("end", () => session.inputEnded());
}
