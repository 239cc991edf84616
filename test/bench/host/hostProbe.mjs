/**
 * Loaded into the host with `--import`: notes when requests and frames pass, without a change to the host.
 * Everything is kept in memory and written when the host ends, to the file that BENCH_PROBE_LOG names: one JSON object
 * a line, {"at": "<ns>", "what": "request" | "frameIn" | "frameOut", "text"}.
 *   request   the head of an HTTP request was parsed; text is its header x-bench-id
 *   frameIn   a WebSocket message was put together, and is about to be handed to the host
 *   frameOut  a WebSocket message was handed to the socket by the host
 */
import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";
import { WebSocket } from "ws";

const notes = [];

function note(what, text) {
  notes.push({ at: process.hrtime.bigint(), what, text });
}

subscribe("http.server.request.start", ({ request }) => {
  const id = request.headers["x-bench-id"];
  if (id !== undefined) note("request", id);
});

const { emit, send } = WebSocket.prototype;

WebSocket.prototype.emit = function emitNoted(name, ...rest) {
  if (name === "message") note("frameIn", rest[0]);
  return emit.call(this, name, ...rest);
};

WebSocket.prototype.send = function sendNoted(data, ...rest) {
  send.call(this, data, ...rest);
  note("frameOut", data);
};

process.on("exit", () => {
  const lines = notes.map(({ at, what, text }) => JSON.stringify({ at: String(at), what, text: String(text) }));
  writeFileSync(process.env.BENCH_PROBE_LOG, `${lines.join("\n")}\n`);
});
