import { describe, expect, test } from "vitest";
import type { ConnectionState, FeedListener, SwitchboardClient } from "../../../../renderer/client/client.ts";
import { createAppStores } from "../../../../renderer/stores/appStores.ts";
import { connectStores } from "../../../../renderer/stores/connectStores.ts";
import type { Feed, HostSnapshot } from "../../../../shared/contract/feeds.ts";
import type { HostInfo } from "../../../../shared/model/host.ts";
import type { SessionSummary } from "../../../../shared/model/session.ts";
import { createFakeHost } from "./fakeHost.ts";
import { sampleEvent, samplePayload, samplePermission, sampleSession, textAdded } from "./samples.ts";

const open: ConnectionState = { status: "open", attempt: 0, failure: null, scopes: [], hostVersion: "1" };

const hostInfo: HostInfo = {
  version: "1",
  contractVersion: 1,
  pid: 1,
  claude: null,
  claudeProblem: null,
  maxSessions: 10,
  notices: [],
  index: { state: "off", filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0, elapsedMs: 0 },
};

/** A client whose feeds the test speaks through, by the name of the feed. */
function createFakeClient(request: SwitchboardClient["request"]) {
  const feeds = new Map<string, FeedListener>();
  const nameOf = (feed: Feed): string => (feed.kind === "host" ? "host" : feed.sessionId);
  const client: SwitchboardClient = {
    request,
    subscribe: (feed, listener) => {
      feeds.set(nameOf(feed), listener);
      return () => feeds.delete(nameOf(feed));
    },
    connection: { get: () => open, subscribe: () => () => undefined },
    dispose: () => undefined,
  };
  return { client, feeds };
}

function createBench() {
  const host = createFakeHost();
  const { client, feeds } = createFakeClient(host.request);
  const stores = createAppStores({
    request: host.request,
    connection: { ...open, status: "connecting" },
    notify: host.notify,
    keyStore: null,
    sender: "tester",
    schedule: (run) => run(),
  });
  const stop = connectStores(stores, client);
  const watched = (): readonly string[] => [...feeds.keys()];
  const tellHost = (sessions: readonly SessionSummary[]): void => {
    const snapshot: HostSnapshot = { kind: "host", host: hostInfo, sessions, permissions: [] };
    feeds.get("host")?.onSnapshot(snapshot, 0);
  };
  return { host, stores, feeds, stop, watched, tellHost };
}

describe("connecting the stores", () => {
  test("takes the state of the connection and watches the host", () => {
    const { stores, watched } = createBench();
    expect([stores.connection.getState().connection.status, watched()]).toEqual(["open", ["host"]]);
  });

  test("chooses the first session and watches it; choosing another changes the watch", () => {
    const { stores, watched, tellHost } = createBench();
    tellHost([sampleSession(), sampleSession({ sessionId: "two", live: false })]);
    const first = watched();
    stores.ui.getState().chooseSession("two");
    const second = watched();
    stores.ui.getState().chooseSession(null);
    expect([first, second, watched()]).toEqual([["host", "one"], ["host", "two"], ["host"]]);
  });

  test("keeps the chosen session over a new snapshot, and lets go of one that the host does not know", () => {
    const { stores, tellHost } = createBench();
    const two = sampleSession({ sessionId: "two", live: false });
    tellHost([sampleSession(), two]);
    stores.ui.getState().chooseSession("two");
    tellHost([sampleSession(), two]);
    const kept = stores.ui.getState().chosenSessionId;
    tellHost([sampleSession()]);
    expect([kept, stores.ui.getState().chosenSessionId]).toEqual(["two", "one"]);
  });

  test("brings host events to sessions, permissions and payloads", () => {
    const { stores, feeds, tellHost } = createBench();
    tellHost([sampleSession()]);
    stores.payloads.getState().put([samplePayload(["accepted"])]);
    feeds
      .get("host")
      ?.onEvents([
        sampleEvent(1, { type: "permission.requested", data: { permission: samplePermission() } }),
        sampleEvent(2, { type: "payload.advanced", data: { payloadId: "a", kind: "message", state: "written" } }),
      ]);
    expect([
      stores.sessions.getState().byId["one"]?.pendingPermissions,
      stores.permissions.getState().pending.length,
      stores.payloads.getState().byId["a"]?.receipt,
    ]).toEqual([1, 1, "written"]);
  });

  test("brings the session's snapshot, events and refusal to its feed", () => {
    const { stores, feeds, tellHost } = createBench();
    tellHost([sampleSession()]);
    const listener = feeds.get("one");
    const payloads = [samplePayload(["accepted"])];
    const events = [textAdded(1, "a")];
    listener?.onSnapshot({ kind: "session", session: sampleSession(), events, hasOlder: false, payloads }, 1);
    listener?.onEvents([textAdded(2, "b")]);
    const { events: kept, phase } = stores.feed.getState();
    listener?.onFailure({ code: "not_found", message: "Gone." });
    expect([kept.length, phase, Object.keys(stores.payloads.getState().byId), stores.feed.getState().phase]).toEqual([
      2,
      "live",
      ["a"],
      "failed",
    ]);
  });

  test("a started session becomes the chosen one", async () => {
    const { host, stores, watched } = createBench();
    host.answers["sessions.start"] = () => sampleSession({ sessionId: "new" });
    const result = await stores.actions.getState().start({ cwd: "/work" });
    expect([result.ok, stores.ui.getState().chosenSessionId, watched()]).toEqual([true, "new", ["host", "new"]]);
  });

  test("stops watching everything", () => {
    const { stores, stop, watched, tellHost } = createBench();
    tellHost([sampleSession()]);
    stop();
    stores.ui.getState().chooseSession("two");
    expect(watched()).toEqual([]);
  });
});
