import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RequestError } from "../../../../shared/contract/errors.ts";
import { INITIAL_CREDIT } from "../../../../shared/contract/frames.ts";
import { CONTRACT_VERSION } from "../../../../shared/contract/version.ts";
import { MAX_WAIT_MS } from "../../../../renderer/client/backoff.ts";
import { createClient } from "../../../../renderer/client/createClient.ts";
import { MAX_WAITING_REQUESTS, REQUEST_WAIT_MS } from "../../../../renderer/client/requestBook.ts";
import { createFakeEngine, SESSION_ID } from "../../electron/hosting/fakeEngine.ts";
import { createScriptedHost } from "./scriptedHost.ts";

const feed = { kind: "session", sessionId: SESSION_ID } as const;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function connect() {
  const host = createScriptedHost();
  let wake: (() => void) | null = null;
  const onWake = (listener: () => void) => {
    wake = listener;
    return () => (wake = null);
  };
  const client = createClient({ openPipe: host.openPipe, clientName: "browser", onWake });
  return { client, host, wake: () => wake?.() };
}

/** Catches the outcome at once, so that a rejection is never without somebody to take it. */
function outcomeOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => (error instanceof RequestError ? error.code : error));
}

function watch(client: ReturnType<typeof connect>["client"]) {
  const told: unknown[] = [];
  const stop = client.subscribe(feed, {
    onSnapshot: (_snapshot, seq) => told.push({ snapshot: seq }),
    onEvents: (events) => told.push(events.map(({ seq }) => seq)),
    onFailure: ({ code }) => told.push(code),
  });
  return { told, stop };
}

const fake = createFakeEngine();
const sessionSnapshot = fake.engine.openFeed(feed, null, () => undefined).start;
/** Events after which the client grants more. */
const STEP = INITIAL_CREDIT / 2;

const events = Array.from({ length: 3 * STEP }, (_, index) => fake.emit(`event ${index + 1}`));

function snapshotFrame(id: number, seq: number) {
  if (sessionSnapshot.kind !== "snapshot") throw new Error("no snapshot");
  return { t: "snapshot", id, seq, snapshot: sessionSnapshot.snapshot } as const;
}

function openWatched() {
  const connected = connect();
  connected.host.last().welcome();
  const watched = watch(connected.client);
  const [opening] = connected.host.last().received;
  if (opening?.t !== "subscribe") throw new Error("no subscription");
  return { ...connected, ...watched, opening };
}

function breakDown(): never {
  throw new Error("the view is broken");
}

describe("the connection", () => {
  it("says hello and opens with the welcome", () => {
    const { client, host } = connect();
    expect(client.connection.get()).toMatchObject({ status: "connecting", attempt: 0, scopes: [] });
    host.last().open();
    expect(host.last().received).toEqual([{ t: "hello", contractVersion: CONTRACT_VERSION, client: "browser" }]);
    host.last().welcome();
    expect(client.connection.get()).toMatchObject({ status: "open", hostVersion: "9.9.9", failure: null });
  });

  it("comes back after a loss, and counts the tries in between", () => {
    const { client, host } = connect();
    host.last().welcome();
    const states: unknown[] = [];
    client.connection.subscribe(() => {
      const { status, attempt } = client.connection.get();
      states.push([status, attempt]);
    });
    host.last().drop();
    vi.advanceTimersByTime(MAX_WAIT_MS);
    host.last().drop();
    vi.advanceTimersByTime(MAX_WAIT_MS);
    host.last().welcome("run-2");
    expect(states).toEqual([
      ["reconnecting", 1],
      ["reconnecting", 2],
      ["open", 0],
    ]);
    expect(host.ends).toHaveLength(3);
  });

  it("tries at once when the page wakes, and only once", () => {
    const { host, wake } = connect();
    host.last().drop();
    wake();
    wake();
    expect(host.ends).toHaveLength(2);
    vi.advanceTimersByTime(MAX_WAIT_MS);
    expect(host.ends).toHaveLength(2);
  });

  it.each(["unauthorized", "forbidden", "wrong_host"] as const)("stops trying after %s", (code) => {
    const { client, host } = connect();
    const failure = { code, message: "No." };
    host.last().drop(failure);
    vi.advanceTimersByTime(MAX_WAIT_MS * 10);
    expect(client.connection.get()).toMatchObject({ status: "refused", failure });
    expect(host.ends).toHaveLength(1);
  });

  it("stops trying when the host speaks another contract", () => {
    const { client, host } = connect();
    host.last().open();
    host.last().say({ t: "failure", id: null, error: { code: "contract_mismatch", message: "Reload." } });
    vi.advanceTimersByTime(MAX_WAIT_MS);
    expect(client.connection.get()).toMatchObject({ status: "refused", failure: { message: "Reload." } });
    expect([host.ends.length, host.last().isClosedByClient()]).toEqual([1, true]);
  });

  it("tells why it has to wait, and tries again", () => {
    const { client, host } = connect();
    host.last().open();
    host.last().say({ t: "failure", id: null, error: { code: "too_many_requests", message: "Full." } });
    host.last().drop();
    expect(client.connection.get()).toMatchObject({ status: "reconnecting", failure: { message: "Full." } });
    vi.advanceTimersByTime(MAX_WAIT_MS);
    expect(host.ends).toHaveLength(2);
  });

  it.each(["is silent", "speaks no frames"])("gives up on a host that %s, and tries again", (way) => {
    const { host } = connect();
    host.last().open();
    if (way === "speaks no frames") host.last().sayText("<html>");
    vi.advanceTimersByTime(10_000 + MAX_WAIT_MS);
    expect(host.ends[0]?.isClosedByClient()).toBe(true);
    expect(host.ends.length).toBeGreaterThan(1);
  });

  it("hears nothing more from a pipe it gave up", () => {
    const { client, host } = connect();
    host.last().open();
    vi.advanceTimersByTime(10_000);
    host.ends[0]?.welcome();
    expect(client.connection.get().status).toBe("reconnecting");
  });

  it("ends with dispose", () => {
    const { client, host } = connect();
    host.last().drop();
    client.dispose();
    vi.advanceTimersByTime(MAX_WAIT_MS);
    expect(host.ends).toHaveLength(1);
  });
});

describe("requests", () => {
  it("matches answers to questions by id", async () => {
    const { client, host } = connect();
    host.last().welcome();
    const first = outcomeOf(client.request("sessions.get", { sessionId: "a" }));
    const second = outcomeOf(client.request("sessions.get", { sessionId: "b" }));
    const [a, b] = host.last().received;
    if (a?.t !== "request" || b?.t !== "request") throw new Error("no requests");
    host.last().say({ t: "failure", id: b.id, error: { code: "not_found", message: "No b." } });
    host.last().say({ t: "reply", id: a.id, result: "the a" });
    expect([await first, await second]).toEqual(["the a", "not_found"]);
  });

  it("sends what waited once the host is there, in order", () => {
    const { client, host } = connect();
    for (const sessionId of ["a", "b"]) void outcomeOf(client.request("sessions.get", { sessionId }));
    const end = host.last();
    end.open();
    end.say({ t: "welcome", contractVersion: CONTRACT_VERSION, hostVersion: "9.9.9", epoch: "run-1", scopes: [] });
    const asked = end.received.filter(({ t }) => t === "request");
    expect(asked).toMatchObject([{ params: { sessionId: "a" } }, { params: { sessionId: "b" } }]);
  });

  it("fails what was asked when the connection is lost, and never asks it again", async () => {
    const { client, host } = connect();
    host.last().welcome();
    const asked = outcomeOf(client.request("host.get", {}));
    host.last().drop();
    expect(await asked).toBe("disconnected");
    vi.advanceTimersByTime(MAX_WAIT_MS);
    host.last().welcome();
    expect(host.last().received).toEqual([]);
  });

  it("waits for the host so long and no longer", async () => {
    const { client } = connect();
    const asked = outcomeOf(client.request("host.get", {}));
    vi.advanceTimersByTime(REQUEST_WAIT_MS);
    expect(await asked).toBe("disconnected");
  });

  it("lets so many wait and no more", async () => {
    const { client } = connect();
    for (let count = 0; count < MAX_WAITING_REQUESTS; count += 1) void outcomeOf(client.request("host.get", {}));
    expect(await outcomeOf(client.request("host.get", {}))).toBe("too_many_requests");
    client.dispose();
  });

  it("fails at once with the host's reason when it refused this page", async () => {
    const { client, host } = connect();
    const waiting = outcomeOf(client.request("host.get", {}));
    host.last().drop({ code: "unauthorized", message: "No." });
    expect([await waiting, await outcomeOf(client.request("host.get", {}))]).toEqual(["unauthorized", "unauthorized"]);
  });

  it("does not send what no host would read", async () => {
    const { client, host } = connect();
    host.last().welcome();
    const text = "x".repeat(5 * 1024 * 1024);
    const asked = client.request("payloads.send", { sessionId: SESSION_ID, kind: "message", text });
    expect(await outcomeOf(asked)).toBe("too_large");
    expect(host.last().received).toEqual([]);
  });

  it("fails what is open when it is disposed", async () => {
    const { client, host } = connect();
    host.last().welcome();
    const asked = outcomeOf(client.request("host.get", {}));
    client.dispose();
    expect([await asked, await outcomeOf(client.request("host.get", {}))]).toEqual(["disconnected", "shutting_down"]);
  });
});

describe("subscriptions", () => {
  it("asks without a cursor first", () => {
    expect(openWatched().opening).toEqual({ t: "subscribe", id: 1, feed, credit: INITIAL_CREDIT });
  });

  it("asks after a loss with the cursor it has reached, and drops what it has had", () => {
    const { host, told, opening } = openWatched();
    host.last().say(snapshotFrame(opening.id, 2));
    host.last().say({ t: "events", id: opening.id, events: events.slice(2, 4) });
    host.last().drop();
    vi.advanceTimersByTime(MAX_WAIT_MS);
    host.last().open();
    const end = host.last();
    end.say({ t: "welcome", contractVersion: CONTRACT_VERSION, hostVersion: "9.9.9", epoch: "run-1", scopes: [] });
    const again = end.received.at(-1);
    expect(again).toMatchObject({ t: "subscribe", cursor: { epoch: "run-1", seq: 4 }, credit: INITIAL_CREDIT });
    if (again?.t !== "subscribe") return;
    end.say({ t: "resumed", id: again.id, seq: 6 });
    end.say({ t: "events", id: again.id, events: events.slice(3, 6) });
    end.say({ t: "events", id: opening.id, events: events.slice(6, 7) });
    expect(told).toEqual([{ snapshot: 2 }, [3, 4], [5, 6]]);
  });

  it("takes a new snapshot from another run, whose numbers count from then on", () => {
    const { host, told, opening } = openWatched();
    host.last().say(snapshotFrame(opening.id, 500));
    host.last().drop();
    vi.advanceTimersByTime(MAX_WAIT_MS);
    const end = host.last();
    end.open();
    end.say({ t: "welcome", contractVersion: CONTRACT_VERSION, hostVersion: "9.9.9", epoch: "run-2", scopes: [] });
    const again = end.received.at(-1);
    if (again?.t !== "subscribe") throw new Error("no subscription");
    end.say(snapshotFrame(again.id, 1));
    end.say({ t: "events", id: again.id, events: events.slice(1, 3) });
    expect(told).toEqual([{ snapshot: 500 }, { snapshot: 1 }, [2, 3]]);
  });

  it("grants credit for what it handed over", () => {
    const { host, opening } = openWatched();
    const end = host.last();
    end.say(snapshotFrame(opening.id, 0));
    end.say({ t: "events", id: opening.id, events: events.slice(0, STEP - 1) });
    expect(end.received).toHaveLength(1);
    end.say({ t: "events", id: opening.id, events: events.slice(STEP - 1, STEP + 100) });
    end.say({ t: "events", id: opening.id, events: events.slice(STEP + 100, 2 * STEP + 100) });
    expect(end.received.slice(1)).toEqual([
      { t: "credit", id: opening.id, events: STEP + 100 },
      { t: "credit", id: opening.id, events: STEP },
    ]);
  });

  it("grants credit also when its listener throws", () => {
    const { client, host } = connect();
    const end = host.last();
    end.welcome();
    client.subscribe(feed, { onSnapshot: () => undefined, onEvents: breakDown, onFailure: () => undefined });
    expect(() => end.say({ t: "events", id: 1, events })).toThrow("the view is broken");
    expect(end.received.at(-1)).toEqual({ t: "credit", id: 1, events: events.length });
  });

  it("asks for a snapshot when it lagged", () => {
    const { host, told, opening } = openWatched();
    const end = host.last();
    end.say(snapshotFrame(opening.id, 2));
    end.say({ t: "lagged", id: opening.id });
    const again = end.received.at(-1);
    expect(again).toEqual({ t: "subscribe", id: 2, feed, credit: INITIAL_CREDIT });
    end.say(snapshotFrame(2, 9));
    expect(told).toEqual([{ snapshot: 2 }, { snapshot: 9 }]);
  });

  it("tells a refusal once and does not ask again", () => {
    const { host, told, opening } = openWatched();
    host.last().say({ t: "failure", id: opening.id, error: { code: "not_found", message: "No." } });
    host.last().drop();
    vi.advanceTimersByTime(MAX_WAIT_MS);
    host.last().welcome();
    expect([told, host.last().received]).toEqual([["not_found"], []]);
  });

  it("is silent after it was stopped", () => {
    const { host, told, stop, opening } = openWatched();
    stop();
    stop();
    host.last().say(snapshotFrame(opening.id, 2));
    expect(told).toEqual([]);
    expect(host.last().received.slice(1)).toEqual([{ t: "unsubscribe", id: opening.id }]);
  });
});
