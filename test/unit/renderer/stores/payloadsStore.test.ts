import { describe, expect, test } from "vitest";
import { MAX_PAYLOADS } from "../../../../renderer/stores/payloadBook.ts";
import { createPayloadsStore, isCancellable, payloadsOf } from "../../../../renderer/stores/payloadsStore.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { type ReceiptState, receiptStateSchema } from "../../../../shared/model/payload.ts";
import { createFakeHost, refuse } from "./fakeHost.ts";
import { sampleEvent, samplePayload, time } from "./samples.ts";

function createBench() {
  const host = createFakeHost();
  const store = createPayloadsStore(host);
  const receipts = (): readonly string[] | undefined =>
    store
      .getState()
      .byId["a"]?.receipts.map(({ state, reason }) => (reason === undefined ? state : `${state}: ${reason}`));
  return { host, store, receipts };
}

function advanced(seq: number, state: ReceiptState, reason?: string): SessionEvent {
  const data = { payloadId: "a", kind: "message", state } as const;
  return sampleEvent(seq, { type: "payload.advanced", data: reason === undefined ? data : { ...data, reason } });
}

describe("receipts", () => {
  test("move with the events, each state once", () => {
    const { store, receipts } = createBench();
    store.getState().put([samplePayload(["accepted"])]);
    store.getState().takeEvents([advanced(1, "written"), advanced(2, "queued"), advanced(2, "queued")]);
    store.getState().takeEvents([advanced(3, "failed", "the process is gone")]);
    expect({ now: store.getState().byId["a"]?.receipt, receipts: receipts() }).toEqual({
      now: "failed",
      receipts: ["accepted", "written", "queued", "failed: the process is gone"],
    });
  });

  test("that come before their payload are not lost", () => {
    const { store, receipts } = createBench();
    store.getState().takeEvents([advanced(1, "written"), advanced(2, "queued")]);
    store.getState().put([samplePayload(["accepted"])]);
    expect({ receipts: receipts(), early: store.getState().early }).toEqual({
      receipts: ["accepted", "written", "queued"],
      early: [],
    });
  });

  test("do not go back when an older reply arrives", () => {
    const { store, receipts } = createBench();
    store.getState().put([samplePayload(["accepted", "written", "queued"])]);
    store.getState().put([samplePayload(["accepted"])]);
    expect(receipts()).toEqual(["accepted", "written", "queued"]);
  });

  test("of payloads sent elsewhere are taken in as well", () => {
    const { store, receipts } = createBench();
    const payload = samplePayload(["accepted"]);
    store
      .getState()
      .takeEvents([sampleEvent(1, { type: "payload.accepted", data: { payload } }), advanced(2, "written")]);
    expect(receipts()).toEqual(["accepted", "written"]);
  });

  test("are asked for again where they are not at their end", async () => {
    const { host, store, receipts } = createBench();
    store.getState().put([samplePayload(["accepted"]), samplePayload(["accepted", "answered"], { payloadId: "b" })]);
    host.answers["payloads.get"] = () => samplePayload(["accepted", "written", "answered"]);
    await store.getState().refreshUnfinished();
    expect({ asked: host.asked, receipts: receipts() }).toEqual({
      asked: [["payloads.get", { payloadId: "a" }]],
      receipts: ["accepted", "written", "answered"],
    });
  });

  test("are bounded: the oldest payloads go first", () => {
    const { store } = createBench();
    store
      .getState()
      .put(Array.from({ length: MAX_PAYLOADS + 1 }, (_, index) => samplePayload([], { payloadId: `n${index}` })));
    const ids = Object.keys(store.getState().byId);
    expect({ count: ids.length, first: ids[0] }).toEqual({ count: MAX_PAYLOADS, first: "n1" });
  });
});

describe("cancelling", () => {
  test("makes sense until the payload is delivered", () => {
    const states = receiptStateSchema.options.filter((state) => isCancellable(samplePayload([state])));
    expect(states).toEqual(["accepted", "written", "queued"]);
  });

  test("takes in what the host made of it", async () => {
    const { host, store, receipts } = createBench();
    store.getState().put([samplePayload(["accepted", "queued"])]);
    host.answers["payloads.cancel"] = () => samplePayload(["accepted", "queued", "cancelled"]);
    await store.getState().cancel("a");
    expect({ receipts: receipts(), cancelling: store.getState().cancelling }).toEqual({
      receipts: ["accepted", "queued", "cancelled"],
      cancelling: {},
    });
  });

  test("that comes too late is told in the host's words", async () => {
    const { host, store } = createBench();
    host.answers["payloads.cancel"] = refuse("payload_not_cancellable", "It has been delivered.");
    await store.getState().cancel("a");
    expect(host.notices).toEqual([
      { tone: "failure", title: "The payload was not cancelled", text: "It has been delivered." },
    ]);
  });
});

const content = { kind: "message", text: "hello" } as const;

test("a session that refused a broadcast gets it after all, or says why not", async () => {
  const { host, store } = createBench();
  const error = { code: "budget_reached", message: "It is used up." } as const;
  const items = ["one", "two"].map((sessionId) => ({ sessionId, payload: null, error }));
  store.getState().putBroadcast({ broadcastId: "x", items }, content);
  host.answers["payloads.send"] = () => samplePayload(["accepted"], { sessionId: "two" });
  await store.getState().sendAgain("x", "two");
  host.answers["payloads.send"] = refuse("session_not_live", "It has ended.");
  await store.getState().sendAgain("x", "one");
  expect({ rows: store.getState().broadcasts[0]?.rows, asked: host.asked }).toEqual({
    rows: [
      { sessionId: "one", payloadId: null, error: { code: "session_not_live", message: "It has ended." } },
      { sessionId: "two", payloadId: "a", error: null },
    ],
    asked: [
      ["payloads.send", { ...content, sessionId: "two" }],
      ["payloads.send", { ...content, sessionId: "one" }],
    ],
  });
});

test("a broadcast keeps one row for each session, refused ones with their reason", () => {
  const { store } = createBench();
  const error = { code: "session_not_live", message: "It has ended." } as const;
  store.getState().putBroadcast(
    {
      broadcastId: "x",
      items: [
        { sessionId: "one", payload: samplePayload(["accepted"]), error: null },
        { sessionId: "two", payload: null, error },
      ],
    },
    content,
  );
  expect({ broadcasts: store.getState().broadcasts, known: Object.keys(store.getState().byId) }).toEqual({
    broadcasts: [
      {
        broadcastId: "x",
        content,
        rows: [
          { sessionId: "one", payloadId: "a", error: null },
          { sessionId: "two", payloadId: null, error },
        ],
      },
    ],
    known: ["a"],
  });
});

test("payloads of a session are listed newest first", () => {
  const { store } = createBench();
  store
    .getState()
    .put([
      samplePayload([], { payloadId: "old", composedAt: time(1) }),
      samplePayload([], { payloadId: "new", composedAt: time(2) }),
      samplePayload([], { payloadId: "other", sessionId: "two" }),
    ]);
  expect(payloadsOf(store.getState().byId, "one").map((payload) => payload.payloadId)).toEqual(["new", "old"]);
});
