/**
 * One turn of the fake. Understands the prompts `SAY text`, `STREAM n`, `RUN_BASH: command` (asks first, then really
 * runs it), `WAIT_BASH path` (runs until the file exists, without asking) and `HANG`; echoes any other.
 */
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { playTurnFaults, wantsFault } from "./fakeFaults.mjs";
import { assistantLine, initLine, replayLine, resultLine, statusLine, streamLine, userLine } from "./fakeLines.mjs";

const COST_OF_A_TURN_USD = 0.001;
const REJECTED = "The user doesn't want to proceed with this tool use.";

export async function playTurn(session, turn) {
  const { message } = turn;
  session.lifecycle(message, "started");
  session.emit(initLine(session));
  if (message.shouldQuery === false)
    return finish(session, turn, { num_turns: 0, stop_reason: null, terminal_reason: undefined, result: "" });
  session.emit(statusLine(session, { status: "requesting" }));
  replay(session, message);
  session.turnCount += 1;
  if (session.turnCount === 1 && (await playTurnFaults(session.faults, session))) return undefined;
  const scripted = session.turns[session.turnCount - 1];
  if (scripted !== undefined) return playScript(session, turn, scripted);
  if (wantsFault(session.faults, "notLoggedIn")) return playNotLoggedIn(session, turn);
  return playPrompt(session, turn, textOf(message));
}

function replay(session, message) {
  if (session.replay) session.emit(replayLine(session, message));
}

function textOf(message) {
  const { content } = message.message;
  return typeof content === "string" ? content : content.map((block) => block.text ?? "").join("\n");
}

function playScript(session, turn, lines) {
  for (const line of lines) {
    const text = (typeof line === "string" ? line : JSON.stringify(line))
      .replaceAll("$UUID", turn.message.uuid ?? "")
      .replaceAll("$SESSION", session.id);
    process.stdout.write(`${text}\n`);
  }
}

/** What the real CLI says without an account: a synthetic message and a result of subtype `success` that is an error. */
function playNotLoggedIn(session, turn) {
  const text = "Not logged in · Please run /login";
  const line = assistantLine(
    session,
    randomUUID(),
    { type: "text", text },
    { error: "authentication_failed", is_api_error_message: true },
  );
  session.emit({ ...line, message: { ...line.message, model: "<synthetic>" } });
  session.lastFailed = true;
  session.emit(
    resultLine(session, { is_error: true, terminal_reason: "api_error", stop_reason: "stop_sequence", result: text }),
  );
  session.lifecycle(turn.message, "cancelled");
}

async function playPrompt(session, turn, prompt) {
  const [, keyword = "", argument = ""] = /^([A-Z_]+)\b:?\s*([\s\S]*)$/u.exec(prompt) ?? [];
  if (keyword === "SAY") return answer(session, turn, [argument]);
  if (keyword === "STREAM")
    return answer(
      session,
      turn,
      Array.from({ length: Number.parseInt(argument, 10) }, (_, index) => `word-${index + 1} `),
    );
  if (keyword === "HANG") return hang(session, turn);
  if (keyword === "RUN_BASH") return runBash(session, turn, argument, true);
  if (keyword === "WAIT_BASH")
    return runBash(session, turn, `until [ -e ${argument} ]; do sleep 0.05; done; echo waited`, false);
  return answer(session, turn, [`You said: ${prompt}`]);
}

function answer(session, turn, chunks, extra = {}) {
  const messageId = `msg_${randomUUID()}`;
  stream(session, {
    type: "message_start",
    message: { id: messageId, role: "assistant", model: session.model, content: [] },
  });
  stream(session, { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
  for (const text of chunks)
    stream(session, { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
  session.emit(assistantLine(session, messageId, { type: "text", text: chunks.join("") }));
  stream(session, { type: "content_block_stop", index: 0 });
  stream(session, { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 10 } });
  stream(session, { type: "message_stop" });
  finish(session, turn, { result: chunks.join(""), ...extra });
}

function stream(session, event) {
  if (session.partial) session.emit(streamLine(session, event));
}

function finish(session, turn, fields) {
  if (turn.message.shouldQuery === false) replay(session, turn.message);
  else session.costUsd += COST_OF_A_TURN_USD;
  session.lastFailed = false;
  session.emit(resultLine(session, fields));
  session.lifecycle(turn.message, "completed");
}

async function hang(session, turn) {
  const text = "Started and waiting. ";
  stream(session, {
    type: "message_start",
    message: { id: `msg_${randomUUID()}`, role: "assistant", model: session.model, content: [] },
  });
  stream(session, { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
  stream(session, { type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
  await aborted(turn);
  session.emit(assistantLine(session, `msg_${randomUUID()}`, { type: "text", text }));
  if (turn.abort.signal.reason === "now") return supersede(session, turn, "aborted_streaming", text);
  session.emit(userLine(session, [{ type: "text", text: "[Request interrupted by user]" }]));
  return cutShort(session, turn, "aborted_streaming");
}

/** The timer keeps the process alive while nothing else does. */
function aborted(turn) {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, 1_000);
    turn.abort.signal.addEventListener("abort", () => {
      clearInterval(alive);
      resolve();
    });
  });
}

function cutShort(session, turn, reason) {
  session.lastFailed = true;
  session.emit(
    resultLine(session, {
      subtype: "error_during_execution",
      is_error: true,
      terminal_reason: reason,
      errors: ["[ede_diagnostic] result_type=user"],
    }),
  );
  session.lifecycle(turn.message, "cancelled");
}

/** A turn that a message `now` cut short is no error: only its terminal reason tells. */
function supersede(session, turn, reason, text) {
  session.lastFailed = false;
  session.emit(resultLine(session, { terminal_reason: reason, result: text, stop_reason: null }));
  session.lifecycle(turn.message, "cancelled");
}

async function runBash(session, turn, command, asks) {
  const toolUseId = `toolu_${randomUUID()}`;
  const input = { command, description: "Run the scripted command" };
  session.emit(assistantLine(session, `msg_${randomUUID()}`, { type: "tool_use", id: toolUseId, name: "Bash", input }));
  const decision = asks ? await decide(session, toolUseId, input) : { behavior: "allow", updatedInput: input };
  if (decision.behavior === "aborted") return refuseTool(session, turn, toolUseId, REJECTED, true);
  if (decision.behavior === "deny") return deny(session, turn, toolUseId, input, decision);
  turn.inTool = true;
  const outcome = await execute(decision.updatedInput?.command ?? command, turn.abort.signal);
  if (outcome.aborted) return refuseTool(session, turn, toolUseId, REJECTED, true);
  emitToolResult(session, toolUseId, outcome.text, outcome.failed);
  if (turn.stopsAfterTool) return supersede(session, turn, "aborted_tools", "");
  return answer(session, turn, [closing(outcome.failed, outcome.text, absorbQueued(session))]);
}

async function decide(session, toolUseId, input) {
  if (session.mode === "bypassPermissions") return { behavior: "allow", updatedInput: input };
  const suggestions = [
    {
      type: "addRules",
      rules: [{ toolName: "Bash", ruleContent: input.command }],
      behavior: "allow",
      destination: "localSettings",
    },
  ];
  const reply = await session.ask({
    subtype: "can_use_tool",
    tool_name: "Bash",
    display_name: "Bash",
    input,
    description: input.description,
    permission_suggestions: suggestions,
    tool_use_id: toolUseId,
  });
  if (reply.subtype === "success") return reply.response;
  if (reply.subtype === "cancelled") return { behavior: "aborted" };
  return {
    behavior: "deny",
    message: "Tool permission request failed: AbortError: Tool permission stream closed before response received",
  };
}

function deny(session, turn, toolUseId, input, decision) {
  if (decision.interrupt === true) return refuseTool(session, turn, toolUseId, decision.message, true);
  refuseTool(session, turn, toolUseId, decision.message, false);
  return answer(session, turn, [closing(true, decision.message, absorbQueued(session))], {
    permission_denials: [{ tool_name: "Bash", tool_use_id: toolUseId, tool_input: input }],
  });
}

function refuseTool(session, turn, toolUseId, text, endsTurn) {
  emitToolResult(session, toolUseId, text, true);
  if (!endsTurn) return;
  session.emit(userLine(session, [{ type: "text", text: "[Request interrupted by user for tool use]" }]));
  cutShort(session, turn, "aborted_tools");
}

function emitToolResult(session, toolUseId, text, isError) {
  const block = { type: "tool_result", tool_use_id: toolUseId, content: text, is_error: isError };
  session.emit(
    userLine(session, [block], {
      tool_use_result: isError ? `Error: ${text}` : { stdout: text, stderr: "", interrupted: false },
    }),
  );
}

/** Messages sent meanwhile are handed over with the tool result, in the same turn. */
function absorbQueued(session) {
  const absorbed = session.queue.filter((message) => message.priority === undefined || message.priority === "next");
  session.queue = session.queue.filter((message) => !absorbed.includes(message));
  for (const message of absorbed) {
    replay(session, message);
    session.lifecycle(message, "started");
    session.lifecycle(message, "completed");
  }
  return absorbed.map(textOf);
}

function closing(failed, text, injected) {
  const quoted = failed ? `The Bash tool was refused or failed: ${text}` : `The Bash tool answered: ${text}`;
  return [quoted, ...injected.map((told) => `Meanwhile I was told: ${told}`)].join("\n");
}

function execute(command, signal) {
  return new Promise((resolve) => {
    execFile("/bin/sh", ["-c", command], { signal }, (error, stdout, stderr) => {
      const text = `${stdout}${stderr}`.trim() || "(Bash completed with no output)";
      resolve({
        aborted: signal.aborted,
        failed: error !== null,
        text: error === null ? text : `Exit code ${error.code}\n${text}`,
      });
    });
  });
}
