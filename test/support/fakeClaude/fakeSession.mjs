/**
 * One duplex session of the fake: the queue of user messages, the running turn, control requests in both directions.
 * Invariants: at most one turn runs; every user line with a uuid gets `queued` and ends `completed` or `cancelled`.
 */
import { randomUUID } from "node:crypto";
import { wantsFault } from "./fakeFaults.mjs";
import { initializeResponse, lifecycleLine, statusLine } from "./fakeLines.mjs";
import { playTurn } from "./fakeTurn.mjs";

const MODES = ["acceptEdits", "auto", "bypassPermissions", "default", "dontAsk", "plan"];

export function createSession({ argv, version, faults, turns }) {
  const session = {
    id: option(argv, "--session-id") ?? option(argv, "--resume") ?? randomUUID(),
    model: option(argv, "--model") ?? "claude-opus-5-5",
    mode: option(argv, "--permission-mode") ?? "default",
    partial: argv.includes("--include-partial-messages"),
    replay: argv.includes("--replay-user-messages"),
    version,
    faults,
    turns,
    costUsd: 0,
    turnCount: 0,
    queue: [],
    turn: null,
    /** Our open control requests: id → function that takes the answer. */
    asked: new Map(),
    ended: false,
    lastFailed: false,
  };
  const eol = wantsFault(faults, "crlf") ? "\r\n" : "\n";
  session.emit = (line) => process.stdout.write(JSON.stringify(line) + eol);
  session.lifecycle = (message, state) => message.uuid && session.emit(lifecycleLine(session, message.uuid, state));
  session.ask = (request) => ask(session, request);
  session.receive = (line) => receive(session, line);
  session.inputEnded = () => inputEnded(session);
  return session;
}

function option(argv, name) {
  const joined = argv.find((argument) => argument.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = argv.indexOf(name);
  return at === -1 ? undefined : argv[at + 1];
}

function receive(session, line) {
  const message = parse(line);
  if (message.type === "user") receiveUser(session, message);
  else if (message.type === "control_request") receiveControl(session, message);
  else if (message.type === "control_response") receiveAnswer(session, message);
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return die(`Error parsing streaming input line (type=unknown, ${line.length} chars): SyntaxError`);
  }
}

function die(reason) {
  process.stderr.write(`${reason}\n`);
  return process.exit(1);
}

function receiveUser(session, message) {
  if (message.message?.role !== "user") die(`Error: Expected message role 'user', got '${message.message?.role}'`);
  session.lifecycle(message, "queued");
  if (message.priority === "now") {
    session.queue.unshift(message);
    cutShort(session.turn);
  } else {
    session.queue.push(message);
  }
  void pump(session);
}

/** Like the real one: a message `now` stops a stream at once, but lets a running tool come to its end. */
function cutShort(turn) {
  if (turn?.inTool) turn.stopsAfterTool = true;
  else turn?.abort.abort("now");
}

async function pump(session) {
  if (session.turn !== null) return;
  const message = session.queue.shift();
  if (message === undefined) {
    if (session.ended && !wantsFault(session.faults, "ignoresEnd")) process.exit(session.lastFailed ? 1 : 0);
    return;
  }
  session.turn = { message, abort: new AbortController(), inTool: false, stopsAfterTool: false };
  await playTurn(session, session.turn);
  session.turn = null;
  void pump(session);
}

function receiveControl(session, { request_id: requestId, request }) {
  const answer = controls[request?.subtype];
  if (answer === undefined)
    return refuse(
      session,
      requestId,
      `Unsupported control request subtype: ${request?.subtype}`,
      "unsupported_request",
    );
  return answer(session, requestId, request);
}

const controls = {
  initialize: (session, id) => succeed(session, id, initializeResponse(session)),
  interrupt,
  cancel_async_message: cancelQueued,
  set_permission_mode: setMode,
  set_model: (session, id, request) => {
    session.model = request.model ?? session.model;
    succeed(session, id, { model: session.model });
  },
  get_usage: (session, id) => succeed(session, id, { session: { total_cost_usd: session.costUsd, model_usage: {} } }),
};

function interrupt(session, id, request) {
  const stopped = request.send_now === true && session.turn !== null ? { send_now: "stopped" } : {};
  session.turn?.abort.abort();
  succeed(session, id, { still_queued: session.queue.map((message) => message.uuid), ...stopped });
}

function cancelQueued(session, id, request) {
  const at = session.queue.findIndex((message) => message.uuid === request.message_uuid);
  if (at === -1) return succeed(session, id, { cancelled: false });
  const [message] = session.queue.splice(at, 1);
  session.lifecycle(message, "cancelled");
  return succeed(session, id, { cancelled: true, message_uuid: message.uuid });
}

function setMode(session, id, request) {
  if (!MODES.includes(request.mode))
    return refuse(session, id, `Cannot set permission mode: must be one of ${MODES.join(", ")}`, "invalid_mode");
  session.mode = request.mode;
  succeed(session, id, { mode: request.mode });
  return session.emit(statusLine(session, { status: null, permissionMode: request.mode }));
}

function succeed(session, requestId, response) {
  session.emit({ type: "control_response", response: { subtype: "success", request_id: requestId, response } });
}

function refuse(session, requestId, error, errorCode) {
  session.emit({
    type: "control_response",
    response: { subtype: "error", request_id: requestId, error, error_code: errorCode },
  });
}

/** Resolves to the `response` of the answer; a withdrawn request resolves to `{subtype: 'cancelled'}`, an ended input to `{subtype: 'closed'}`. */
function ask(session, request) {
  const requestId = randomUUID();
  const { turn } = session;
  if (session.ended) return Promise.resolve({ subtype: "closed" });
  return new Promise((resolve) => {
    function settle(answer) {
      session.asked.delete(requestId);
      turn?.abort.signal.removeEventListener("abort", withdraw);
      resolve(answer);
    }
    function withdraw() {
      session.emit({ type: "control_cancel_request", request_id: requestId });
      settle({ subtype: "cancelled" });
    }
    session.asked.set(requestId, settle);
    turn?.abort.signal.addEventListener("abort", withdraw);
    session.emit({ type: "control_request", request_id: requestId, request });
  });
}

function receiveAnswer(session, message) {
  if (session.replay) session.emit(message);
  session.asked.get(message.response?.request_id)?.(message.response);
}

function inputEnded(session) {
  session.ended = true;
  for (const settle of session.asked.values()) settle({ subtype: "closed" });
  void pump(session);
}
