import { describe, expect, test } from "vitest";
import type { ConnectionState, FeedListener, SwitchboardClient } from "../../../../renderer/client/client.ts";
import { createAppStores } from "../../../../renderer/stores/appStores.ts";
import { connectStores } from "../../../../renderer/stores/connectStores.ts";
import type { Feed, HostSnapshot } from "../../../../shared/contract/feeds.ts";
import type { SessionSummary } from "../../../../shared/model/session.ts";
import { anAlert, aStatus } from "../../../support/budgetSamples.ts";
import { aHost } from "../../../support/builders.ts";
import { createFakeClock, settled } from "./fakeClock.ts";
import { createFakeHost, refuse } from "./fakeHost.ts";
import { sampleEvent, samplePayload, samplePermission, sampleSession, textAdded } from "./samples.ts";

const open: ConnectionState = { status: "open", attempt: 0, failure: null, scopes: [], hostVersion: "1" };

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
  const clock = createFakeClock();
  const host = createFakeHost({ "projects.list": () => ({ items: [], nextCursor: null }) });
  const { client, feeds } = createFakeClient(host.request);
  const stores = createAppStores({
    request: host.request,
    connection: { ...open, status: "connecting" },
    notify: host.notify,
    keyStore: null,
    sender: "tester",
    schedule: (run) => run(),
    after: clock.after,
  });
  const stop = connectStores(stores, client);
  const watched = (): readonly string[] => [...feeds.keys()];
  const tellHost = (sessions: readonly SessionSummary[]): void => {
    const snapshot: HostSnapshot = {
      kind: "host",
      host: aHost(),
      sessions,
      sessionTotal: sessions.length,
      permissions: [],
    };
    feeds.get("host")?.onSnapshot(snapshot, 0);
  };
  return { host, stores, feeds, stop, watched, tellHost, clock };
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

  test("keeps the chosen session over a new snapshot, also one that is too old to be in it", async () => {
    const { host, stores, tellHost } = createBench();
    const two = sampleSession({ sessionId: "two", live: false });
    host.answers["sessions.get"] = () => two;
    tellHost([sampleSession(), two]);
    stores.ui.getState().chooseSession("two");
    tellHost([sampleSession()]);
    await settled();
    expect([stores.ui.getState().chosenSessionId, stores.sessions.getState().byId["two"]]).toEqual(["two", two]);
  });

  test("lets go of a chosen session that the host does not know; the page stays", async () => {
    const { host, stores, tellHost } = createBench();
    host.answers["sessions.get"] = refuse("not_found", "There is none.");
    stores.ui.getState().chooseSession("two");
    stores.ui.getState().showPage("processes");
    tellHost([sampleSession()]);
    await settled();
    expect([stores.ui.getState().chosenSessionId, stores.ui.getState().page]).toEqual(["one", "processes"]);
  });

  test("a session that was reached from elsewhere is known once its feed begins", () => {
    const { stores, feeds, tellHost } = createBench();
    tellHost([sampleSession()]);
    stores.ui.getState().chooseSession("old");
    const old = sampleSession({ sessionId: "old", live: false });
    feeds.get("old")?.onSnapshot({ kind: "session", session: old, events: [], hasOlder: false, payloads: [] }, 1);
    expect(stores.sessions.getState().byId["old"]).toEqual(old);
  });

  test("counts the projects again when sessions appear or go, not more than once in a while", async () => {
    const { host, stores, feeds, tellHost, clock } = createBench();
    const count = (): number => host.asked.filter(([name]) => name === "projects.list").length;
    tellHost([sampleSession({ live: false, owner: "none" })]);
    await settled();
    const project = {
      projectPath: "/p",
      name: "p",
      isGone: false,
      liveCount: 0,
      lastActivityAt: "2026-01-31T12:00:00.000Z",
    };
    host.answers["projects.list"] = () => ({ items: [{ ...project, sessionCount: 812 }], nextCursor: null });
    const sighted = (sessionId: string) =>
      sampleEvent(1, { type: "session.sighted", data: { summary: sampleSession({ sessionId }) } }, sessionId);
    feeds.get("host")?.onEvents([sighted("one")]);
    await clock.pass(10_000);
    const known = count();
    feeds.get("host")?.onEvents([sighted("two"), sighted("three")]);
    feeds.get("host")?.onEvents([sighted("four")]);
    await settled();
    await clock.pass(2_000);
    expect([known, count(), stores.sessions.getState().total]).toEqual([1, 3, 812]);
  });

  test("asks for the budgets with each snapshot, and again when a threshold is crossed", async () => {
    const { host, stores, feeds, tellHost } = createBench();
    const count = (): number => host.asked.filter(([name]) => name === "budgets.list").length;
    host.answers["budgets.list"] = () => ({ items: [aStatus({ name: "Today" })], nextCursor: null });
    tellHost([sampleSession()]);
    await settled();
    const known = [count(), stores.budgets.getState().statuses?.[0]?.budget.name];
    feeds.get("host")?.onEvents([sampleEvent(1, { type: "budget.crossed", data: { alert: anAlert() } })]);
    await settled();
    expect([known, count()]).toEqual([[1, "Today"], 2]);
    // E.g. what was used was imported.
    const ofNobody = { ...sampleEvent(2, { type: "budget.crossed", data: { alert: anAlert() } }), sessionId: "" };
    feeds.get("host")?.onEvents([ofNobody]);
    await settled();
    expect([count(), Object.keys(stores.sessions.getState().byId)]).toEqual([3, ["one"]]);
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
