#!/usr/bin/env node
/**
 * A fake `claude` that streams at a steady pace, each line with the moment it was written in its own text: the message
 * `PACE <lines> <lines a second>` gets that many deltas with the text "<index> <ns> ". Everything else is the fake's.
 */
import { setTimeout as delay } from "node:timers/promises";
import { streamLine } from "../../support/fakeClaude/fakeLines.mjs";
import { createSession } from "../../support/fakeClaude/fakeSession.mjs";

const VERSION = "2.1.329";
const TICK_MS = 1;

const argv = process.argv.slice(2).flatMap((argument) => argument.split("=", 2));

if (argv.includes("--version")) console.log(`${VERSION} (Claude Code)`);
else readInput(createSession({ argv, version: VERSION, faults: [], turns: [] }));

function readInput(session) {
  let rest = "";
  process.stdin.setEncoding("utf8");
  process.stdin.on("data", (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [, count, rate] = /PACE (\d+) (\d+)/u.exec(line) ?? [];
      if (count === undefined) session.receive(line);
      else void stream(session, Number(count), Number(rate));
    }
  });
  process.stdin.on("end", () => session.inputEnded());
}

/** Pipes are written at once on POSIX systems, so a line is in the pipe when `emit` returns. */
async function stream(session, count, rate) {
  const started = process.hrtime.bigint();
  for (let sent = 0; sent < count; await delay(TICK_MS)) {
    const due = Math.min(count, Math.floor((Number(process.hrtime.bigint() - started) / 1e9) * rate));
    for (; sent < due; sent += 1) {
      const text = `${sent} ${process.hrtime.bigint()} `;
      session.emit(streamLine(session, { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } }));
    }
  }
}
