import { describe, expect, test } from "vitest";
import { createComposerStore, MAX_DRAFTS } from "../../../../renderer/stores/composerStore.ts";
import { deliveryOf, type DraftEdit, emptyDraft, metadataOf, previewOf } from "../../../../renderer/stores/draft.ts";
import { payloadPresets } from "../../../../shared/payloads/presets.ts";
import { renderPayload } from "../../../../shared/payloads/renderPayload.ts";
import { requests } from "../../../../shared/contract/requests.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { samplePayload, time } from "./samples.ts";
import type { Payload } from "../../../../shared/model/payload.ts";

function createBench() {
  const host = createFakeHost();
  const sent: string[] = [];
  let made = 0;
  const store = createComposerStore({
    request: host.request,
    sender: "tester",
    onSent: ({ payloadId }) => sent.push(payloadId),
    onBroadcast: ({ broadcastId }) => sent.push(broadcastId),
    now: () => new Date(time(made)),
    newId: () => `id-${(made += 1)}`,
  });
  const draft = () => store.getState().drafts["one"] ?? emptyDraft;
  const edit = (change: DraftEdit): void => store.getState().edit("one", change);
  return { host, store, sent, draft, edit };
}

describe("a draft", () => {
  test("gets its identity at the first edit and keeps it", () => {
    const { draft, edit } = createBench();
    edit({ text: "a" });
    const first = draft().identity;
    edit({ text: "ab" });
    expect([first, draft().identity]).toEqual([
      { payloadId: "id-1", composedAt: time(1) },
      { payloadId: "id-1", composedAt: time(1) },
    ]);
  });

  test.each([
    [
      "rows without a key are left out",
      {
        metadata: [
          { id: "r", key: " ", value: "x" },
          { id: "r", key: " a ", value: "1" },
        ],
      },
      { a: "1" },
    ],
    [
      "the last of equal keys holds",
      {
        metadata: [
          { id: "r", key: "a", value: "1" },
          { id: "r", key: "a", value: "2" },
        ],
      },
      { a: "2" },
    ],
    ["progress is sent with its kind", { kind: "progress", progress: 30 }, { progress: 30 }],
    ["and with no other", { kind: "warning", progress: 30 }, {}],
  ] as const)("metadata: %s", (_name, change, expected) => {
    expect(metadataOf({ ...emptyDraft, ...change })).toEqual(expected);
  });

  test("has the delivery of its kind until one is chosen", () => {
    const draft = { ...emptyDraft, kind: "block" } as const;
    expect([deliveryOf(draft), deliveryOf({ ...draft, delivery: "later" })]).toEqual(["now", "later"]);
  });

  test("has no preview while there is nothing to send", () => {
    const { draft, edit } = createBench();
    edit({ text: "  \n" });
    expect(previewOf(draft(), "tester")).toBeNull();
  });

  test("a preset fills it", () => {
    const { store, draft } = createBench();
    for (const preset of payloadPresets.filter(({ id }) => id === "tests-failing")) {
      store.getState().applyPreset("one", preset);
    }
    expect({ kind: draft().kind, metadata: draft().metadata, delivery: deliveryOf(draft()) }).toEqual({
      kind: "block",
      metadata: [{ id: "source", key: "source", value: "tests" }],
      delivery: "now",
    });
  });

  test("drafts are bounded: the oldest goes first", () => {
    const { store } = createBench();
    for (let index = 0; index <= MAX_DRAFTS; index += 1) store.getState().edit(`s${index}`, { text: "x" });
    const ids = Object.keys(store.getState().drafts);
    expect({ count: ids.length, first: ids[0] }).toEqual({ count: MAX_DRAFTS, first: "s1" });
  });
});

describe("sending", () => {
  test("sends byte for byte what was previewed", async () => {
    const { host, store, draft, edit, sent } = createBench();
    let rendered = "";
    host.answers["payloads.send"] = (params) => {
      // What the host does: it fills in what is missing and renders that.
      const parsed = requests["payloads.send"].params.omit({ payloadId: true }).parse(params);
      const { kind, text, metadata, sender = "host", composedAt = "now" } = parsed;
      rendered = renderPayload({ kind, text, metadata, sender, composedAt });
      return samplePayload(["accepted"], { payloadId: params.payloadId ?? "" });
    };
    edit({ kind: "progress", text: "half\ndone", progress: 40, metadata: [{ id: "r", key: "job", value: "a  b" }] });
    const preview = previewOf(draft(), store.getState().sender);
    const accepted = await store.getState().send("one");
    expect({ accepted, rendered, sent, drafts: store.getState().drafts }).toEqual({
      accepted: true,
      rendered: preview,
      sent: ["id-1"],
      drafts: {},
    });
  });

  test("happens once while it is on its way, and edits wait", async () => {
    const { host, store, draft, edit } = createBench();
    const answer = openAnswer<Payload>();
    host.answers["payloads.send"] = () => answer.promise;
    edit({ text: "a" });
    const first = store.getState().send("one");
    edit({ text: "changed" });
    const during = { text: draft().text, phase: draft().phase, second: await store.getState().send("one") };
    answer.resolve(samplePayload(["accepted"]));
    await first;
    expect({ during, asked: host.asked.length }).toEqual({
      during: { text: "a", phase: "sending", second: false },
      asked: 1,
    });
  });

  test("a failure keeps the draft; unchanged it is the same payload, changed it is another", async () => {
    const { host, store, draft, edit } = createBench();
    host.answers["payloads.send"] = refuse("session_not_live", "Resume it first.");
    edit({ text: "a" });
    const accepted = await store.getState().send("one");
    const failed = { text: draft().text, problem: draft().problem, id: draft().identity?.payloadId };
    await store.getState().send("one");
    const again = draft().identity?.payloadId;
    edit({ text: "b" });
    expect({ accepted, failed, again, edited: [draft().identity?.payloadId, draft().problem] }).toEqual({
      accepted: false,
      failed: { text: "a", problem: "Resume it first.", id: "id-1" },
      again: "id-1",
      edited: ["id-2", null],
    });
  });

  test("a budget that refuses is named until the draft changes or is sent again", async () => {
    const { host, store, draft, edit } = createBench();
    host.answers["payloads.send"] = refuse("budget_reached", "It is used up.", { budgetId: "b", sessionId: null });
    edit({ text: "a" });
    await store.getState().send("one");
    const refused = { text: draft().text, refusal: draft().refusal };
    edit({ text: "b" });
    const changed = draft().refusal;
    await store.getState().send("one");
    host.answers["payloads.send"] = () => samplePayload(["accepted"]);
    const accepted = await store.getState().send("one");
    expect({ refused, changed, accepted, drafts: store.getState().drafts }).toEqual({
      refused: { text: "a", refusal: { budgetId: "b", sessionId: null, message: "It is used up." } },
      changed: null,
      accepted: true,
      drafts: {},
    });
  });

  test("goes to several sessions as one broadcast", async () => {
    const { host, store, edit, sent } = createBench();
    host.answers["broadcasts.send"] = () => ({ broadcastId: "x", items: [] });
    edit({ text: "all of you", alsoTo: ["two", "three"] });
    await store.getState().send("one");
    expect({ sent, asked: host.asked }).toEqual({
      sent: ["x"],
      asked: [
        [
          "broadcasts.send",
          {
            kind: "message",
            text: "all of you",
            metadata: {},
            delivery: "next",
            sender: "tester",
            composedAt: time(1),
            targets: ["one", "two", "three"],
          },
        ],
      ],
    });
  });

  test("sends nothing without text", async () => {
    const { host, store, edit } = createBench();
    edit({ text: "   " });
    expect([await store.getState().send("one"), await store.getState().send("unknown"), host.asked]).toEqual([
      false,
      false,
      [],
    ]);
  });
});
