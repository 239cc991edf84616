import { expect, test } from "vitest";
import type { TranscriptActivity } from "../../../../../electron/engine/discovery/classifyTranscript.ts";
import type { DirectoryPlace } from "../../../../../electron/engine/observation/directoryPlaces.ts";
import { type IndexedSession, Sightings } from "../../../../../electron/engine/observation/sightings.ts";
import { SessionDirectory } from "../../../../../electron/engine/sessions/sessionDirectory.ts";
import type { EventDraft } from "../../../../../shared/model/event.ts";
import type { SessionSummary } from "../../../../../shared/model/session.ts";
import { aSession } from "../../../../support/builders.ts";
import { anEntry, SESSION_ID, someFacts } from "./observationFixture.ts";

/** Sightings over the real directory; the index, the tails and the bus are the test's. */
function sightingsUnderTest(stored: readonly SessionSummary[] = []) {
  const indexed = new Map<string, IndexedSession>();
  const activities = new Map<string, TranscriptActivity>();
  const told: { readonly sessionId: string; readonly draft: EventDraft }[] = [];
  const places = new Map<string, DirectoryPlace>();
  const labels = new Map<string, string>();
  let busy = 0;
  const directory = new SessionDirectory({ save: () => undefined, all: () => stored }, () => undefined);
  const sightings = new Sightings({
    directory,
    indexed: (sessionId) => {
      // Long enough that a slice of work holds few sessions.
      const until = performance.now() + busy;
      while (performance.now() < until);
      return indexed.get(sessionId) ?? null;
    },
    now: Date.now,
    activityOf: (sessionId) => activities.get(sessionId) ?? { kind: "unknown" },
    placeOf: (path) => places.get(path) ?? null,
    labelOf: (sessionId) => labels.get(sessionId) ?? null,
    emit: (sessionId, draft) => {
      told.push({ sessionId, draft });
      directory.apply({ ...draft, sessionId, seq: told.length, at: "2026-11-20T20:00:00.000Z" });
    },
  });
  return {
    sightings,
    directory,
    indexed,
    activities,
    places,
    labels,
    /** What was told since the last time. */
    told: () => told.splice(0).map(({ sessionId, draft }) => `${draft.type} ${sessionId}`),
    apply: (event: EventDraft, sessionId = SESSION_ID) =>
      directory.apply({ ...event, sessionId, seq: 1, at: "2026-11-20T20:00:00.000Z" }),
    beBusy: (milliseconds: number) => {
      busy = milliseconds;
    },
    looked: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

const indexedSession = (differences: Parameters<typeof someFacts>[0] = {}): IndexedSession => ({
  facts: someFacts(differences),
  usage: null,
});

test("a change is told once, and nothing is told of what stays as it is", async () => {
  const { sightings, indexed, told, looked } = sightingsUnderTest();
  sightings.takeRegistry([anEntry()]);
  expect(told()).toEqual([`session.sighted ${SESSION_ID}`]);
  sightings.takeRegistry([anEntry()]);
  expect(told()).toEqual([]);
  indexed.set(SESSION_ID, indexedSession());
  sightings.look([SESSION_ID, SESSION_ID]);
  sightings.look([SESSION_ID]);
  await looked();
  await looked();
  expect(told()).toEqual([`session.sighted ${SESSION_ID}`]);
  sightings.look([SESSION_ID]);
  await looked();
  expect(told()).toEqual([]);
});

test("what an earlier run knew is in the list without being told", () => {
  const { sightings, directory, told } = sightingsUnderTest();
  sightings.begin(SESSION_ID, indexedSession());
  expect([directory.get(SESSION_ID)?.title, told()]).toEqual(["Told by the transcript", []]);
});

test("what a person labelled a session with stays with it, whatever its transcript tells", async () => {
  const { sightings, directory, indexed, labels, looked } = sightingsUnderTest();
  labels.set(SESSION_ID, "Acme");
  sightings.begin(SESSION_ID, indexedSession());
  indexed.set(SESSION_ID, indexedSession({ turnCount: 77 }));
  sightings.look([SESSION_ID]);
  await looked();
  expect(directory.get(SESSION_ID)).toMatchObject({ label: "Acme", turnCount: 77 });
});

test("a session is forgotten when its transcript is gone and nobody has it open", async () => {
  const { sightings, indexed, directory, told, looked } = sightingsUnderTest();
  indexed.set(SESSION_ID, indexedSession());
  sightings.takeRegistry([anEntry()]);
  indexed.set(SESSION_ID, indexedSession({ isGone: true }));
  sightings.look([SESSION_ID]);
  await looked();
  expect(directory.get(SESSION_ID)).toMatchObject({ live: true });
  told();
  sightings.takeRegistry([]);
  expect([told(), directory.get(SESSION_ID)]).toEqual([[`session.forgotten ${SESSION_ID}`], undefined]);
  sightings.look([SESSION_ID]);
  await looked();
  expect(told()).toEqual([]);
});

test("a session that was owned here is never forgotten", async () => {
  const stored = aSession({
    owner: "none",
    live: false,
    pid: null,
    routes: [],
    activity: { kind: "ended", exitCode: 0 },
  });
  const { sightings, indexed, directory, told, looked } = sightingsUnderTest([stored]);
  indexed.set(SESSION_ID, indexedSession({ isGone: true, title: stored.title }));
  sightings.look([SESSION_ID]);
  await looked();
  expect([told(), directory.get(SESSION_ID)]).toEqual([[], stored]);
});

test("what a transcript called its session stays when it is gone, also for the next start of the host", async () => {
  const stored = aSession({
    ...{ owner: "none", live: false, pid: null, routes: [] },
    title: "What was said here first",
  });
  const { sightings, indexed, directory, looked } = sightingsUnderTest([stored]);
  sightings.begin(SESSION_ID, indexedSession({ isGone: true }));
  expect(directory.get(SESSION_ID)?.title).toBe("Told by the transcript");
  indexed.set(SESSION_ID, indexedSession({ isGone: true, title: null }));
  sightings.look([SESSION_ID]);
  await looked();
  expect(directory.get(SESSION_ID)?.title).toBe("Told by the transcript");
});

test("of an owned session only the transcript's facts are told", async () => {
  const { sightings, indexed, directory, apply, told, looked } = sightingsUnderTest();
  const created = { projectPath: "/p", title: "Mine", origin: "new", parentSessionId: null } as const;
  apply({
    type: "session.created",
    data: { ...created, model: null, permissionMode: null, gitBranch: null, history: null },
  });
  const before = directory.get(SESSION_ID);
  indexed.set(SESSION_ID, indexedSession());
  sightings.look([SESSION_ID]);
  await looked();
  expect(told()).toEqual([`session.sighted ${SESSION_ID}`]);
  expect(directory.get(SESSION_ID)).toEqual({ ...before, facts: expect.objectContaining({ toolCount: 3 }) });
});

test("a child of this host is never somebody else's: while it starts, and until the registry has forgotten it", () => {
  const { sightings, told } = sightingsUnderTest();
  sightings.noteChild(7, "start-7");
  const registered = anEntry({ sessionId: "not-announced-yet" });
  sightings.takeRegistry([registered]);
  sightings.takeRegistry([registered, anEntry({ pid: 8, sessionId: "other", startIdentity: "start-8" })]);
  expect([sightings.live("not-announced-yet"), sightings.liveSessionIds]).toEqual([null, ["other"]]);
  expect(told()).toEqual(["session.sighted other"]);
  sightings.takeRegistry([]);
  sightings.takeRegistry([registered]);
  expect(sightings.live("not-announced-yet")).toEqual(registered);
});

test("a later process with the pid of a child is somebody else's, even before the registry has told of the child", () => {
  const { sightings } = sightingsUnderTest();
  sightings.noteChild(7, "start-7");
  const later = anEntry({ startIdentity: "much-later" });
  sightings.takeRegistry([later]);
  expect(sightings.live(SESSION_ID)).toEqual(later);
});

test("a child whose start is not known is told by its pid alone", () => {
  const { sightings } = sightingsUnderTest();
  sightings.noteChild(7, null);
  sightings.takeRegistry([anEntry()]);
  expect(sightings.liveSessionIds).toEqual([]);
});

test("of two terminals on one session the one that did something last stands for it", () => {
  const { sightings, directory } = sightingsUnderTest();
  const older = anEntry({ pid: 7, statusUpdatedAt: 1_000, status: "busy" });
  const newer = anEntry({ pid: 8, statusUpdatedAt: 2_000, startIdentity: "start-8" });
  for (const entries of [
    [older, newer],
    [newer, older],
  ]) {
    sightings.takeRegistry(entries);
    expect(directory.get(SESSION_ID)).toMatchObject({ pid: 8, activity: { kind: "idle" } });
  }
  sightings.takeRegistry([older]);
  expect(directory.get(SESSION_ID)).toMatchObject({ pid: 7, live: true, activity: { kind: "working" } });
});

test("/clear moves a process to another session: the old one ends, the new one is live", () => {
  const { sightings, directory, indexed, told } = sightingsUnderTest();
  indexed.set(SESSION_ID, indexedSession());
  sightings.takeRegistry([anEntry()]);
  told();
  sightings.takeRegistry([anEntry({ sessionId: "session-2" })]);
  expect(told()).toEqual([`session.sighted ${SESSION_ID}`, "session.sighted session-2"]);
  expect(directory.get(SESSION_ID)).toMatchObject({ live: false, pid: null, activity: { kind: "ended" } });
  expect(directory.get("session-2")).toMatchObject({ live: true, pid: 7 });
});

test("what the transcript's end says counts only while somebody has the session open", async () => {
  const { sightings, directory, indexed, activities, looked } = sightingsUnderTest();
  indexed.set(SESSION_ID, indexedSession());
  activities.set(SESSION_ID, { kind: "awaiting_answer", question: "Go on?", asksByTool: false });
  sightings.look([SESSION_ID]);
  await looked();
  expect(directory.get(SESSION_ID)?.activity).toEqual({ kind: "ended", exitCode: null });
  sightings.takeRegistry([anEntry()]);
  expect(directory.get(SESSION_ID)?.activity).toEqual({
    kind: "awaiting_answer",
    question: "Go on?",
    permissionId: null,
  });
});

test("the transcript tells all of a session of others: the list is as a fresh start would have it", async () => {
  const lived = sightingsUnderTest();
  lived.sightings.takeRegistry([anEntry({ startedAt: 1, statusUpdatedAt: Date.UTC(2030, 0), name: "registered" })]);
  lived.indexed.set(SESSION_ID, indexedSession());
  lived.sightings.takeRegistry([]);
  const fresh = sightingsUnderTest();
  fresh.sightings.begin(SESSION_ID, indexedSession());
  expect(lived.directory.get(SESSION_ID)).toEqual(fresh.directory.get(SESSION_ID));
});

test("where a session works is told anew without a look at its transcript", async () => {
  const { sightings, indexed, places, directory, told, looked } = sightingsUnderTest();
  indexed.set(SESSION_ID, indexedSession());
  sightings.begin(SESSION_ID, indexedSession());
  const project = directory.get(SESSION_ID)?.projectPath ?? "";
  places.set(project, { isGone: true, worktree: null });
  indexed.set(SESSION_ID, indexedSession({ title: "Told since" }));
  sightings.place([SESSION_ID, "nobody"]);
  await looked();
  await looked();
  expect(told()).toEqual([`session.sighted ${SESSION_ID}`]);
  expect(directory.get(SESSION_ID)).toMatchObject({ isFolderGone: true, title: "Told by the transcript" });
  // Whoever is to be looked at is looked at, whatever is told of its place meanwhile.
  sightings.look([SESSION_ID]);
  sightings.place([SESSION_ID]);
  await looked();
  expect(directory.get(SESSION_ID)).toMatchObject({ isFolderGone: true, title: "Told since" });
});

test("many changed sessions are looked at a little at a time, each in the end", async () => {
  const { sightings, indexed, told, looked, beBusy } = sightingsUnderTest();
  const ids = Array.from({ length: 12 }, (_, index) => `session-${String(index)}`);
  for (const id of ids) indexed.set(id, indexedSession());
  beBusy(1.5);
  sightings.look(ids);
  expect(told()).toEqual([]);
  await looked();
  const first = told();
  expect(first.length).toBeGreaterThan(0);
  expect(first.length).toBeLessThan(ids.length);
  const all = [...first];
  while (all.length < ids.length) {
    await looked();
    all.push(...told());
  }
  expect(all).toEqual(ids.map((id) => `session.sighted ${id}`));
});
