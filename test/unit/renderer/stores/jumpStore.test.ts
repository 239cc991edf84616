import { describe, expect, test } from "vitest";
import { createJumpStore, type Jump } from "../../../../renderer/stores/jumpStore.ts";
import type { Failure } from "../../../../shared/contract/errors.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { sampleEvent } from "./samples.ts";

function createBench() {
  const host = createFakeHost();
  const found: unknown[] = [];
  const failures: Failure[] = [];
  const store = createJumpStore({
    request: host.request,
    onFound: (...place) => found.push(place),
    onFailure: (failure) => failures.push(failure),
  });
  return { host, found, failures, store };
}

const nextError: Jump = { sessionId: "one", mark: "error", direction: "next" };

function finished(seq: number, isError: boolean): SessionEvent {
  const data = { toolUseId: `t${seq}`, isError, output: "", omittedChars: 0, parentToolUseId: null };
  return sampleEvent(seq, { type: "tool.finished", data });
}

const middle = { events: [finished(-30, false), finished(-20, false)], hasOlder: true, hasNewer: true };

describe("a jump", () => {
  test("finds what is loaded without asking", async () => {
    const { host, store, found } = createBench();
    const loaded = {
      events: [finished(-30, true), finished(-20, true), finished(-10, true)],
      hasOlder: true,
      hasNewer: true,
    };
    await store.getState().jump(nextError, -30, loaded);
    await store.getState().jump({ ...nextError, direction: "previous" }, -10, loaded);
    expect({ asked: host.asked, found }).toEqual({
      asked: [],
      found: [
        ["one", -20],
        ["one", -20],
      ],
    });
  });

  test.each([
    ["next", -20],
    ["previous", -30],
  ] as const)("%s asks for what lies beyond what is loaded", async (direction, from) => {
    const { host, store, found } = createBench();
    host.answers["sessions.seek"] = () => ({ seq: -7 });
    await store.getState().jump({ ...nextError, direction }, -25, middle);
    expect({ asked: host.asked, found, missed: store.getState().missed }).toEqual({
      asked: [["sessions.seek", { ...nextError, direction, from }]],
      found: [["one", -7]],
      missed: null,
    });
  });

  test("misses without asking where nothing lies beyond", async () => {
    const { host, store } = createBench();
    await store.getState().jump(nextError, -30, { ...middle, hasNewer: false });
    expect({ asked: host.asked, missed: store.getState().missed }).toEqual({ asked: [], missed: nextError });
  });

  test("that finds nothing says so until the next one", async () => {
    const { host, store, found } = createBench();
    host.answers["sessions.seek"] = () => ({ seq: null });
    await store.getState().jump(nextError, -20, middle);
    const { missed } = store.getState();
    const answer = openAnswer<RequestResult<"sessions.seek">>();
    host.answers["sessions.seek"] = () => answer.promise;
    const again = store.getState().jump(nextError, -20, middle);
    const during = store.getState();
    answer.resolve({ seq: null });
    await again;
    expect({ missed, during: [during.missed, during.seeking], found }).toEqual({
      missed: nextError,
      during: [null, nextError],
      found: [],
    });
  });

  test("waits for none beside it, and one that was given up leads nowhere", async () => {
    const { host, store, found } = createBench();
    const answer = openAnswer<RequestResult<"sessions.seek">>();
    host.answers["sessions.seek"] = () => answer.promise;
    const first = store.getState().jump(nextError, -20, middle);
    await store.getState().jump({ ...nextError, direction: "previous" }, -20, middle);
    store.getState().giveUp();
    answer.resolve({ seq: -7 });
    await first;
    expect({ asked: host.asked.length, found, seeking: store.getState().seeking }).toEqual({
      asked: 1,
      found: [],
      seeking: null,
    });
  });

  test("that fails is told", async () => {
    const { host, store, failures } = createBench();
    host.answers["sessions.seek"] = refuse("transcript_missing", "It was deleted.");
    await store.getState().jump(nextError, null, middle);
    expect({ failures, seeking: store.getState().seeking }).toEqual({
      failures: [{ code: "transcript_missing", message: "It was deleted." }],
      seeking: null,
    });
  });
});

describe("a place inside a sub-agent", () => {
  const inside = { toolUseId: "t1", seq: -3 };

  test("is led to by the call that started it", async () => {
    const { host, store, found, failures } = createBench();
    host.answers["sessions.call"] = () => ({ seq: -40 });
    await store.getState().lead("one", inside);
    expect({ asked: host.asked, found, failures }).toEqual({
      asked: [["sessions.call", { sessionId: "one", toolUseId: "t1" }]],
      found: [["one", -40, inside]],
      failures: [],
    });
  });

  test.each([
    ["the call is not kept", () => ({ seq: null }), "not_found"],
    ["the transcript is gone", refuse("transcript_missing", "It was deleted."), "transcript_missing"],
  ])("is not reached, and that is said, when %s", async (_why, answer, code) => {
    const { host, store, found, failures } = createBench();
    host.answers["sessions.call"] = answer;
    await store.getState().lead("one", inside);
    expect([found, failures]).toMatchObject([[], [{ code }]]);
  });
});
