import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { MAX_CLIENT_FRAME_BYTES } from "../../shared/contract/limits.ts";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import { PIPE_HIGH_WATER_BYTES } from "../../electron/hosting/clientOutlet.ts";
import { MAX_QUEUED_CHARACTERS } from "../../electron/hosting/eventQueue.ts";
import { MAX_SOCKETS } from "../../electron/web/socketRoute.ts";
import { createFakeEngine, type FakeEngine, SESSION_ID } from "../unit/electron/hosting/fakeEngine.ts";
import { nextTurn } from "../unit/electron/hosting/memoryPipe.ts";
import { connectClient, connectSocket, type HostUnderTest, READ_TOKEN, startHostUnderTest } from "./hostUnderTest.ts";

/** What the system takes of a socket that nobody reads, at both ends, and the last batch of events on top. */
const SYSTEM_BUFFER_BYTES = 16 * 1024 * 1024;

let fake: FakeEngine;
let host: HostUnderTest;
const opened: WebSocket[] = [];

beforeAll(async () => {
  const handlers = {
    "host.get": async () => "here",
    "sessions.get": async (_params: never, { client }: { client: string }) => client,
  };
  fake = createFakeEngine({ handlers });
  host = await startHostUnderTest({ engine: fake.engine });
});

afterAll(() => host.dispose());

afterEach(async () => {
  for (const socket of opened.splice(0)) socket.terminate();
  await vi.waitUntil(() => fake.openFeeds() === 0);
});

async function connect() {
  const client = await connectClient(host);
  opened.push(client.socket);
  return client;
}

/** The status that an upgrade is answered with. */
async function upgradeStatus(
  headers: Readonly<Record<string, string>>,
  protocols: readonly string[] = [],
): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/v1/socket`, [...protocols], { headers });
  opened.push(socket);
  socket.on("error", () => undefined);
  const refused = once(socket, "unexpected-response").then(([, response]) => Number(response.statusCode));
  return Promise.race([refused, once(socket, "open").then(() => 101)]);
}

describe("the upgrade", () => {
  it.each([
    ["without a token", {}, 401],
    ["with a wrong token", { authorization: `Bearer ${"x".repeat(43)}` }, 401],
    ["from a foreign page", { authorization: "owner", origin: "http://evil.example" }, 403],
    ["under a foreign name", { authorization: "owner", host: "evil.example" }, 421],
    ["with the owner's token", { authorization: "owner" }, 101],
    ["from the host's own page", { authorization: "owner", origin: "own" }, 101],
  ])("%s: %s", async (_case, headers: Readonly<Record<string, string>>, status) => {
    const real = {
      ...headers,
      ...(headers["authorization"] === "owner" && { authorization: `Bearer ${host.token}` }),
      ...(headers["origin"] === "own" && { origin: host.url }),
    };
    expect(await upgradeStatus(real)).toBe(status);
  });

  it("takes a browser's token as a subprotocol and answers with its own", async () => {
    const protocols = ["switchboard.v1", `bearer.${host.token}`];
    const client = await connectSocket(host, { headers: {}, protocols });
    opened.push(client.socket);
    expect(client.socket.protocol).toBe("switchboard.v1");
    expect(await upgradeStatus({}, ["switchboard.v1", "bearer.wrong"])).toBe(401);
  });

  it("turns a client too many away with a reason", async () => {
    const clients = [];
    for (let count = 0; count < MAX_SOCKETS; count += 1) clients.push(await connect());
    const late = await connectSocket(host);
    opened.push(late.socket);
    const told = await late.heard(({ t }) => t === "failure");
    expect([told, await late.closed]).toMatchObject([{ error: { code: "too_many_requests" } }, 1013]);
  });
});

describe("frames", () => {
  it("answers requests with the scopes and the name of the token", async () => {
    const client = await connectSocket({ port: host.port, token: READ_TOKEN });
    opened.push(client.socket);
    client.say({ t: "hello", contractVersion: CONTRACT_VERSION, client: "script" });
    client.say({ t: "request", id: 1, name: "sessions.get", params: { sessionId: "s" } });
    client.say({ t: "request", id: 2, name: "sessions.close", params: { sessionId: "s" } });
    expect(await client.heard(({ t }) => t === "welcome")).toMatchObject({ scopes: ["read"] });
    expect(await client.heard(({ t }) => t === "reply")).toEqual({ t: "reply", id: 1, result: "script (looker)" });
    expect(await client.heard(({ t }) => t === "failure")).toMatchObject({ id: 2, error: { code: "forbidden" } });
  });

  it.each([
    ["malformed JSON", "{", "bad_request"],
    ["a frame over the limit", `{"t":"request","pad":"${"x".repeat(5 * 1024 * 1024)}"}`, "too_large"],
    ["bytes that are no text", Buffer.from([1, 2, 3]), "bad_request"],
  ])("answers %s and stays connected", async (_case, message, code) => {
    const client = await connect();
    client.socket.send(message);
    expect(await client.heard(({ t }) => t === "failure")).toMatchObject({ id: null, error: { code } });
    client.say({ t: "request", id: 1, name: "host.get", params: {} });
    expect(await client.heard(({ t }) => t === "reply")).toMatchObject({ result: "here" });
  });

  it("ends a connection whose message is beyond all limits, and goes on serving others", async () => {
    const client = await connect();
    client.socket.send("x".repeat(3 * MAX_CLIENT_FRAME_BYTES));
    expect(await client.closed).toBe(1009);
    await connect();
  });

  it("tells a client of another contract version why it is turned away", async () => {
    const client = await connectSocket(host);
    client.say({ t: "hello", contractVersion: CONTRACT_VERSION + 1, client: "test" });
    expect(await client.heard(({ t }) => t === "failure")).toMatchObject({ error: { code: "contract_mismatch" } });
    await client.closed;
  });
});

describe("feeds", () => {
  const feed = { kind: "session", sessionId: SESSION_ID };

  it("brings every event to every client once and in order", async () => {
    const clients = [await connect(), await connect()];
    for (const client of clients) {
      client.say({ t: "subscribe", id: 1, feed, credit: 100_000 });
      await client.heard(({ t }) => t === "snapshot");
    }
    const sent = Array.from({ length: 3000 }, () => fake.emit("text").seq);
    for (const client of clients) {
      await client.heard((frame) => frame.t === "events" && frame.events.some(({ seq }) => seq === sent.at(-1)));
      expect(
        client.frames.flatMap((frame) => (frame.t === "events" ? frame.events.map(({ seq }) => seq) : [])),
      ).toEqual(sent);
    }
  });

  it("costs the host a bounded amount for a client that grants much and never reads", async () => {
    const client = await connect();
    client.say({ t: "subscribe", id: 1, feed, credit: 1_000_000 });
    await client.heard(({ t }) => t === "snapshot");
    client.socket.pause();
    const text = "x".repeat(64 * 1024);
    let emitted = 0;
    while (fake.openFeeds() > 0) {
      fake.emit(text);
      emitted += 1;
      expect(emitted * text.length).toBeLessThan(MAX_QUEUED_CHARACTERS + PIPE_HIGH_WATER_BYTES + SYSTEM_BUFFER_BYTES);
      await nextTurn();
    }
    expect(emitted * text.length).toBeGreaterThan(MAX_QUEUED_CHARACTERS);
    client.socket.resume();
    await client.heard(({ t }) => t === "lagged");
    expect(client.frames.filter(({ t }) => t === "lagged")).toHaveLength(1);
  });
});
