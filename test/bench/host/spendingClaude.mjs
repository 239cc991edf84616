#!/usr/bin/env node
/**
 * A fake `claude` that spends money at a steady pace: the payload `SPEND <messages> <milliseconds between>` gets that many
 * messages of the API, each with the text "<index> <ns> <ms since 1970>": the moment at which its usage was written.
 */
import { setTimeout as delay } from "node:timers/promises";
import { lifecycleLine, replayLine, streamLine } from "../../support/fakeClaude/fakeLines.mjs";
import { createSession } from "../../support/fakeClaude/fakeSession.mjs";

const VERSION = "2.1.329";
const MODEL = "claude-opus-5-5";
const INPUT_TOKENS = 100;
const OUTPUT_TOKENS = 2000;

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
      const [, count, interval] = /SPEND (\d+) (\d+)/u.exec(line) ?? [];
      if (count === undefined) session.receive(line);
      else void spend(session, JSON.parse(line), Number(count), Number(interval));
    }
  });
  process.stdin.on("end", () => session.inputEnded());
}

async function spend(session, message, count, intervalMs) {
  for (const state of ["queued", "started"]) session.emit(lifecycleLine(session, message.uuid, state));
  session.emit(replayLine(session, message));
  for (let index = 0; index < count; index += 1) {
    await delay(intervalMs);
    const usage = { input_tokens: INPUT_TOKENS, output_tokens: 1 };
    const begun = { id: `msg_spent_${index}`, type: "message", role: "assistant", model: MODEL, content: [], usage };
    session.emit(streamLine(session, { type: "message_start", message: begun }));
    const text = `${index} ${process.hrtime.bigint()} ${performance.timeOrigin + performance.now()}`;
    session.emit(streamLine(session, { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } }));
    const used = { input_tokens: INPUT_TOKENS, output_tokens: OUTPUT_TOKENS };
    session.emit(streamLine(session, { type: "message_delta", delta: { stop_reason: null }, usage: used }));
    session.emit(streamLine(session, { type: "message_stop" }));
  }
}
