import { describe, expect, it } from "vitest";
import { MAX_CLIENT_FRAME_BYTES } from "../../../../shared/contract/limits.ts";
import { ALL_SCOPES, type Scope } from "../../../../shared/contract/scopes.ts";
import { CONTRACT_VERSION } from "../../../../shared/contract/version.ts";
import { bindClient, MAX_REQUESTS_IN_FLIGHT, MAX_SUBSCRIPTIONS } from "../../../../electron/hosting/bindClient.ts";
import { MAX_PIPE_BYTES } from "../../../../electron/hosting/clientOutlet.ts";
import { createFakeEngine, type FakeEngineOptions, SESSION_ID } from "./fakeEngine.ts";
import { createMemoryLog, createMemoryPipe, nextTurn } from "./memoryPipe.ts";

interface BindOptions extends FakeEngineOptions {
  readonly scopes?: readonly Scope[];
  readonly tokenLabel?: string;
}

function bind(options: BindOptions = {}) {
  const { scopes = ALL_SCOPES, tokenLabel, ...engineOptions } = options;
  const fake = createFakeEngine(engineOptions);
  const pipe = createMemoryPipe();
  const log = createMemoryLog();
  const label = tokenLabel === undefined ? {} : { tokenLabel };
  const binding = bindClient({ engine: fake.engine, pipe: pipe.pipe, scopes, hostVersion: "9.9.9", log, ...label });
  return { ...fake, ...pipe, log, binding };
}

const hello = { t: "hello", contractVersion: CONTRACT_VERSION, client: "test" };
const ask = (id: number, name = "host.get", params: unknown = {}) => ({ t: "request", id, name, params });
const watch = (id: number, sessionId = SESSION_ID) => ({
  t: "subscribe",
  id,
  feed: { kind: "session", sessionId },
  credit: 10,
});

describe("the beginning of a connection", () => {
  it("welcomes a client of the same contract", () => {
    const { write, sent } = bind({ scopes: ["read"] });
    write(hello);
    const contractVersion = CONTRACT_VERSION;
    expect(sent).toEqual([{ t: "welcome", contractVersion, hostVersion: "9.9.9", epoch: "run-1", scopes: ["read"] }]);
  });

  it.each([
    ["with the shape of today", { client: "test" }],
    ["with a shape of its own", { who: "somebody" }],
  ])("turns a client of another contract away, %s", (_case, rest) => {
    const { write, sent, isClosed } = bind();
    write({ t: "hello", contractVersion: CONTRACT_VERSION + 1, ...rest });
    expect(sent).toMatchObject([{ t: "failure", id: null, error: { code: "contract_mismatch" } }]);
    expect(isClosed()).toBe(true);
  });

  it("refuses anything before hello and goes on waiting for it", () => {
    const { write, sent } = bind();
    for (const frame of [ask(1), watch(2), { t: "unsubscribe", id: 3 }]) write(frame);
    write(hello);
    expect(sent).toMatchObject([
      { t: "failure", id: 1, error: { code: "bad_request" } },
      { t: "failure", id: 2, error: { code: "bad_request" } },
      { t: "failure", id: 3, error: { code: "bad_request" } },
      { t: "welcome" },
    ]);
  });

  it("begins anew with a second hello", () => {
    const { write, sent, openFeeds } = bind();
    write(hello);
    write(watch(1));
    write(hello);
    expect(sent.map(({ t }) => t)).toEqual(["welcome", "snapshot", "welcome"]);
    expect(openFeeds()).toBe(0);
  });
});

describe("frames that are none", () => {
  it.each([
    ["no JSON", "{", null, "bad_request"],
    ["a JSON text that is no object", "[1]", null, "bad_request"],
    ["an unknown kind", '{"t":"shout","id":4}', 4, "bad_request"],
    ["a request without a name", '{"t":"request","id":5}', 5, "bad_request"],
    ["an id that is none", '{"t":"request","id":"x"}', null, "bad_request"],
    ["no credit at all", '{"t":"subscribe","id":6,"feed":{"kind":"host"},"credit":0}', 6, "bad_request"],
    ["an unknown feed", '{"t":"subscribe","id":7,"feed":{"kind":"all"},"credit":1}', 7, "bad_request"],
    ["a frame over the limit", `"${"x".repeat(MAX_CLIENT_FRAME_BYTES)}"`, null, "too_large"],
  ])("answers %s and stays connected", async (_case, text, id, code) => {
    const { hello: sayHello, writeText, write, sent } = bind({ handlers: { "host.get": async () => "here" } });
    sayHello();
    writeText(text);
    expect(sent).toMatchObject([{ t: "failure", id, error: { code } }]);
    write(ask(99));
    await nextTurn();
    expect(sent.at(-1)).toEqual({ t: "reply", id: 99, result: "here" });
  });
});

describe("requests", () => {
  it("answers with the handler's result, and tells it who asks", async () => {
    const handlers = { "host.get": async (_params: never, { client }: { client: string }) => client };
    const { hello: sayHello, write, sent } = bind({ handlers, tokenLabel: "ci" });
    sayHello();
    write(ask(1));
    await nextTurn();
    expect(sent).toEqual([{ t: "reply", id: 1, result: "test (ci)" }]);
  });

  it("answers expected failures as they are", async () => {
    const { hello: sayHello, write, sent } = bind({ scopes: ["read"] });
    sayHello();
    write(ask(1, "nothing.here"));
    write(ask(2, "sessions.get", { sessionId: "unknown" }));
    write(ask(3, "sessions.get", {}));
    write(ask(4, "sessions.close", { sessionId: SESSION_ID }));
    await nextTurn();
    const byId = sent.toSorted((one, other) => Number("id" in one && one.id) - Number("id" in other && other.id));
    expect(byId).toMatchObject([
      { id: 1, error: { code: "not_found" } },
      { id: 2, error: { code: "not_found" } },
      { id: 3, error: { code: "bad_request", detail: { issues: [{ field: "sessionId" }] } } },
      { id: 4, error: { code: "forbidden" } },
    ]);
  });

  it("keeps the insides of an unexpected failure in the log", async () => {
    const handlers = {
      "host.get": async () => {
        throw new Error("the password is swordfish");
      },
    };
    const { hello: sayHello, write, sent, log } = bind({ handlers });
    sayHello();
    write(ask(1));
    await nextTurn();
    expect(sent).toMatchObject([{ t: "failure", id: 1, error: { code: "internal" } }]);
    expect(JSON.stringify(sent)).not.toContain("swordfish");
    expect(log.lines).toMatchObject([{ level: "error" }]);
  });

  it("bounds how many may be unanswered, and refuses an id that is in use", () => {
    const { hello: sayHello, write, sent } = bind({ handlers: { "host.get": () => new Promise(() => undefined) } });
    sayHello();
    for (let id = 0; id < MAX_REQUESTS_IN_FLIGHT; id += 1) write(ask(id));
    expect(sent).toEqual([]);
    write(ask(MAX_REQUESTS_IN_FLIGHT));
    write(ask(0));
    expect(sent).toMatchObject([
      { id: MAX_REQUESTS_IN_FLIGHT, error: { code: "too_many_requests" } },
      { id: null, error: { code: "bad_request" } },
    ]);
  });

  it("closes the connection of a client that asks and never reads", async () => {
    const { hello: sayHello, write, setBufferedBytes, isClosed } = bind({ handlers: { "host.get": async () => 1 } });
    sayHello();
    setBufferedBytes(MAX_PIPE_BYTES + 1);
    write(ask(1));
    await nextTurn();
    expect(isClosed()).toBe(true);
  });
});

describe("subscriptions of a client", () => {
  it("needs the scope to read", () => {
    const { hello: sayHello, write, sent } = bind({ scopes: ["inject", "approve", "control"] });
    sayHello();
    write(watch(1));
    expect(sent).toMatchObject([{ id: 1, error: { code: "forbidden" } }]);
  });

  it("answers an unknown session", () => {
    const { hello: sayHello, write, sent } = bind();
    sayHello();
    write(watch(1, "unknown"));
    expect(sent).toMatchObject([{ id: 1, error: { code: "not_found" } }]);
  });

  it("stops with unsubscribe, and lets late credit for it pass", async () => {
    const { hello: sayHello, write, sent, emit, openFeeds } = bind();
    sayHello();
    write(watch(1));
    emit("one");
    write({ t: "unsubscribe", id: 1 });
    write({ t: "credit", id: 1, events: 5 });
    await nextTurn();
    expect(sent.map(({ t }) => t)).toEqual(["snapshot"]);
    expect(openFeeds()).toBe(0);
  });

  it("bounds how many there may be", () => {
    const { hello: sayHello, write, sent } = bind();
    sayHello();
    for (let id = 0; id < MAX_SUBSCRIPTIONS; id += 1) write(watch(id));
    write(watch(MAX_SUBSCRIPTIONS));
    expect(sent.at(-1)).toMatchObject({ id: MAX_SUBSCRIPTIONS, error: { code: "too_many_requests" } });
  });

  it.each(["the client closes", "the host disposes"] as const)("closes every feed when %s", (way) => {
    const { hello: sayHello, write, close, binding, openFeeds, isClosed } = bind();
    sayHello();
    write(watch(1));
    write(watch(2));
    expect(openFeeds()).toBe(2);
    if (way === "the client closes") close();
    else binding.dispose();
    expect([openFeeds(), isClosed()]).toEqual([0, true]);
  });
});
