/**
 * The faults, by name. Start faults act before anything is read; turn faults act inside the first turn, after its
 * replay line, and the turn then goes on to its ordinary end unless the fault says otherwise.
 *
 *   start: exitAtStart, stderrFlood, ignoresEnd, grandchild, detachedGrandchild, crlf, tooOld
 *   turn:  hugeLine, splitCharacter, notJson, unknownType, unknownControl, flood, stdoutClosed, crash, notLoggedIn
 */
import { spawn } from "node:child_process";
import { closeSync, writeSync } from "node:fs";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { streamLine } from "./fakeLines.mjs";

const HUGE_LINE_CHARS = 20 * 1024 * 1024;
const STDERR_FLOOD_BYTES = 50 * 1024 * 1024;
const STDERR_CHUNK_BYTES = 64 * 1024;

export function wantsFault(faults, name) {
  return faults.includes(name);
}

export function installStartFaults(faults) {
  if (wantsFault(faults, "exitAtStart")) {
    process.stderr.write("Error: the fake was told to die at start\n");
    process.exit(1);
  }
  if (wantsFault(faults, "stderrFlood")) floodStderr();
  if (wantsFault(faults, "ignoresEnd")) ignoreEnd();
  if (wantsFault(faults, "grandchild")) startGrandchild(false);
  if (wantsFault(faults, "detachedGrandchild")) startGrandchild(true);
}

/** Runs the turn faults. Resolves to true when the turn must stop here. */
export async function playTurnFaults(faults, session) {
  if (wantsFault(faults, "hugeLine"))
    session.emit({
      type: "assistant",
      message: {
        id: "msg_huge",
        role: "assistant",
        model: session.model,
        content: [{ type: "text", text: "x".repeat(HUGE_LINE_CHARS) }],
      },
      session_id: session.id,
      parent_tool_use_id: null,
    });
  if (wantsFault(faults, "splitCharacter")) await writeSplitCharacter(session);
  if (wantsFault(faults, "notJson")) process.stdout.write("Warning: this line is not JSON\n");
  if (wantsFault(faults, "unknownType")) session.emit({ type: "fake_unknown_type", payload: { answer: 42 } });
  if (wantsFault(faults, "unknownControl")) await askUnknown(session);
  if (wantsFault(faults, "flood")) await flood(session);
  if (wantsFault(faults, "crash")) process.exit(7);
  if (!wantsFault(faults, "stdoutClosed")) return false;
  closeSync(1);
  setInterval(() => undefined, 1_000);
  return true;
}

function floodStderr() {
  const chunk = `${"e".repeat(STDERR_CHUNK_BYTES - 1)}\n`;
  for (let written = 0; written < STDERR_FLOOD_BYTES;) written += writeAll(2, chunk);
}

function writeAll(fd, text) {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
  return text.length;
}

function ignoreEnd() {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => undefined);
  setInterval(() => undefined, 1_000);
}

/** Prints the pid of a process that only SIGKILL ends. */
function startGrandchild(detached) {
  const program =
    'process.on("SIGTERM", () => undefined); process.stdout.write("ready"); setInterval(() => undefined, 1000)';
  const child = spawn(process.execPath, ["-e", program], { detached, stdio: ["ignore", "pipe", "ignore"] });
  child.stdout.once("data", () => {
    console.log(JSON.stringify({ type: "system", subtype: "fake_grandchild", pid: child.pid }));
    child.stdout.destroy();
  });
  child.unref();
}

/** The pause makes two reads of the two writes. */
async function writeSplitCharacter(session) {
  const line = Buffer.from(
    `${JSON.stringify({ type: "system", subtype: "fake_split", text: "snow ☃ man", session_id: session.id })}\n`,
  );
  const middle = line.indexOf(Buffer.from("☃")) + 1;
  process.stdout.write(line.subarray(0, middle));
  await delay(50);
  process.stdout.write(line.subarray(middle));
}

async function askUnknown(session) {
  const answer = await session.ask({ subtype: "fake_unknown_request", detail: "nobody knows this one" });
  session.emit({
    type: "system",
    subtype: "fake_control_answer",
    answer: answer.subtype,
    error: answer.error ?? null,
    session_id: session.id,
  });
}

const FLOOD_BATCH_LINES = 100;
const FLOOD_TICK_MS = 5;

/** Numbered lines, each with the moment it was written, so that a reader can tell loss and delay. */
async function flood(session) {
  const total = Number(process.env.FAKE_CLAUDE_LINES ?? "1000");
  const rate = Number(process.env.FAKE_CLAUDE_RATE ?? "0");
  const started = process.hrtime.bigint();
  let sent = 0;
  while (sent < total) {
    const due =
      rate > 0 ? Math.floor((Number(process.hrtime.bigint() - started) / 1e9) * rate) : sent + FLOOD_BATCH_LINES;
    const until = Math.min(total, due);
    let text = "";
    for (; sent < until; sent += 1) text += `${JSON.stringify(floodLine(session, sent))}\n`;
    if (text !== "" && !process.stdout.write(text)) await once(process.stdout, "drain");
    if (rate > 0) await delay(FLOOD_TICK_MS);
  }
}

function floodLine(session, index) {
  const event = { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: `flood-${index} ` } };
  return { ...streamLine(session, event), fake_index: index, fake_at_ns: process.hrtime.bigint().toString() };
}
