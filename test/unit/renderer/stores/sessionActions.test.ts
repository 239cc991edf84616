import { describe, expect, test } from "vitest";
import { createSessionActions } from "../../../../renderer/stores/sessionActions.ts";
import { createStartOptionsStore } from "../../../../renderer/stores/startOptionsStore.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { sampleSession } from "./samples.ts";

function createBench() {
  const host = createFakeHost();
  const started: string[] = [];
  const store = createSessionActions({ ...host, onStarted: ({ sessionId }) => started.push(sessionId) });
  return { host, started, store };
}

describe("actions on a session", () => {
  test("say that they are on their way and are not sent twice", async () => {
    const { host, store } = createBench();
    const answer = openAnswer<RequestResult<"sessions.interrupt">>();
    host.answers["sessions.interrupt"] = () => answer.promise;
    const first = store.getState().interrupt("one");
    const busy = store.getState().busy;
    await store.getState().close("one");
    answer.resolve({ interrupted: true, stillQueued: [] });
    await first;
    expect({ busy, asked: host.asked, after: store.getState().busy }).toEqual({
      busy: { one: "interrupt" },
      asked: [["sessions.interrupt", { sessionId: "one" }]],
      after: {},
    });
  });

  test("an interrupt that had nothing to stop is told", async () => {
    const { host, store } = createBench();
    host.answers["sessions.interrupt"] = () => ({ interrupted: false, stillQueued: [] });
    await store.getState().interrupt("one");
    expect(host.notices).toEqual([{ tone: "info", title: "No turn was running", text: null }]);
  });

  test("a failure is told in the host's words and leaves the session free for the next try", async () => {
    const { host, store } = createBench();
    host.answers["sessions.setModel"] = refuse("claude_failed", "The CLI refused this model.");
    await store.getState().setModel("one", "nonsense");
    expect({ notices: host.notices, busy: store.getState().busy }).toEqual({
      notices: [{ tone: "failure", title: "The model was not changed", text: "The CLI refused this model." }],
      busy: {},
    });
  });

  test("a label is set while something else is on its way, and a refusal is told", async () => {
    const { host, store } = createBench();
    host.answers["sessions.interrupt"] = () => openAnswer<RequestResult<"sessions.interrupt">>().promise;
    void store.getState().interrupt("one");
    host.answers["sessions.label"] = refuse("not_found", "There is no session one here.");
    await store.getState().label("one", "Acme");
    expect(host.asked).toContainEqual(["sessions.label", { sessionId: "one", label: "Acme" }]);
    expect(host.notices).toEqual([
      { tone: "failure", title: "The session was not labelled", text: "There is no session one here." },
    ]);
  });

  test.each([
    ["plan", { resume: "one", permissionMode: "plan" }],
    ["a mode of a newer CLI", { resume: "one" }],
    [null, { resume: "one" }],
  ])("resuming a session that was in mode %s", async (permissionMode, params) => {
    const { host, store, started } = createBench();
    host.answers["sessions.start"] = () => sampleSession();
    await store.getState().resume(sampleSession({ live: false, permissionMode }));
    expect({ asked: host.asked, started }).toEqual({ asked: [["sessions.start", params]], started: ["one"] });
  });

  test("forking one makes a copy in the mode it has", async () => {
    const { host, store, started } = createBench();
    host.answers["sessions.start"] = () => sampleSession({ sessionId: "copy" });
    await store.getState().fork(sampleSession({ live: false, permissionMode: "plan" }));
    const params = { resume: "one", fork: true, permissionMode: "plan" };
    expect({ asked: host.asked, started }).toEqual({ asked: [["sessions.start", params]], started: ["copy"] });
  });

  test.each([
    { code: "session_open_elsewhere", message: "Process 7 has it open." },
    { code: "budget_reached", message: "It is used up." },
  ] as const)("a refusal with $code stays beside the session until the next try", async (failure) => {
    const { host, store } = createBench();
    host.answers["sessions.start"] = refuse(failure.code, failure.message);
    await store.getState().resume(sampleSession({ live: false }));
    const { refused, busy } = store.getState();
    host.answers["sessions.start"] = () => sampleSession();
    await store.getState().resume(sampleSession({ live: false }));
    expect({ refused, busy, notices: host.notices, after: store.getState().refused }).toEqual({
      refused: { one: { action: "resume", failure } },
      busy: {},
      notices: [],
      after: {},
    });
  });

  test("a refusal can be put away", async () => {
    const { host, store } = createBench();
    host.answers["sessions.start"] = refuse("directory_unusable", "It is gone.");
    await store.getState().fork(sampleSession({ live: false }));
    store.getState().dismissRefusal("one");
    expect(store.getState().refused).toEqual({});
  });

  test("any other failure to take a session over is told once", async () => {
    const { host, store } = createBench();
    host.answers["sessions.start"] = refuse("too_many_sessions", "Close one first.");
    await store.getState().fork(sampleSession({ live: false }));
    expect({ notices: host.notices, refused: store.getState().refused }).toEqual({
      notices: [{ tone: "failure", title: "The session was not forked", text: "Close one first." }],
      refused: {},
    });
  });

  test("a session that does not start gives its reason to the form", async () => {
    const { host, store, started } = createBench();
    host.answers["sessions.start"] = refuse("directory_unusable", "It does not exist.");
    const result = await store.getState().start({ cwd: "/nowhere" });
    expect({ result, started, notices: host.notices }).toEqual({
      result: { ok: false, failure: { code: "directory_unusable", message: "It does not exist." } },
      started: [],
      notices: [],
    });
  });
});

test("of two listings only the one asked for last is shown", async () => {
  const host = createFakeHost();
  const store = createStartOptionsStore(host);
  const slow = openAnswer<RequestResult<"directories.list">>();
  const listing = (path: string) => ({ path, parent: null, directories: [], truncated: false });
  host.answers["directories.list"] = ({ path }) => (path === "/slow" ? slow.promise : listing(path ?? "~"));
  const first = store.getState().listDirectories("/slow");
  await store.getState().listDirectories("/fast");
  slow.resolve(listing("/slow"));
  await first;
  expect(store.getState().listing?.path).toBe("/fast");
});
