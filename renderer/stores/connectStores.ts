import type { FeedListener, SwitchboardClient } from "../client/client.ts";
import { toFailure } from "../../shared/contract/errors.ts";
import type { Snapshot } from "../../shared/contract/feeds.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { AppStores } from "./appStores.ts";
import { visibleSessions } from "./sessionList.ts";

/**
 * Feeds the stores from a client: the host feed always, the feed of the chosen session while it is chosen.
 * Returns the way to stop it.
 */
export function connectStores(stores: AppStores, client: SwitchboardClient): () => void {
  const takeConnection = (): void => stores.connection.getState().takeConnection(client.connection.get());
  const leaveConnection = client.connection.subscribe(takeConnection);
  takeConnection();
  const leaveHost = client.subscribe({ kind: "host" }, hostListener(stores));
  let leaveSession = watchSession(stores, client);
  const leaveUi = stores.ui.subscribe((state, before) => {
    if (state.chosenSessionId === before.chosenSessionId) return;
    leaveSession();
    leaveSession = watchSession(stores, client);
  });
  const leaveBudgets = stores.budgets.getState().watch();
  const leaveRecord = stores.budgets.subscribe(({ statuses }) => stores.budgetRecord.getState().takeStatuses(statuses));
  return () => {
    leaveRecord();
    leaveBudgets();
    leaveUi();
    leaveSession();
    leaveHost();
    leaveConnection();
  };
}

function hostListener(stores: AppStores): FeedListener {
  return {
    onSnapshot: (snapshot) => takeHostSnapshot(stores, snapshot),
    onEvents: (events) => {
      if (events.some((event) => changesCounts(stores, event))) stores.projects.getState().recount();
      stores.connection.getState().takeEvents(events);
      stores.sessions.getState().takeEvents(events);
      stores.permissions.getState().takeEvents(events);
      stores.payloads.getState().takeEvents(events);
      takeCostEvents(stores, events);
      stores.budgets.getState().takeEvents(events);
      stores.budgetRecord.getState().takeEvents(events);
    },
    onFailure: ({ message }) =>
      stores.notify({ tone: "failure", title: "The list of sessions is not available", text: message }),
  };
}

/** What shows costs, and is to be asked for again when they change. */
function costStores({ costs, costDrill, sessionCost }: AppStores) {
  return [costs.getState(), costDrill.session.getState(), sessionCost.session.getState()];
}

function takeCostEvents(stores: AppStores, events: readonly SessionEvent[]): void {
  for (const store of costStores(stores)) store.takeEvents(events);
}

function takeHostSnapshot(stores: AppStores, snapshot: Snapshot): void {
  if (snapshot.kind !== "host") return;
  stores.connection.getState().takeHost(snapshot.host);
  stores.sessions.getState().takeSnapshot(snapshot.sessions, snapshot.sessionTotal);
  stores.sessionPages.getState().reset();
  stores.projects.getState().recount();
  stores.permissions.getState().takeSnapshot(snapshot.permissions);
  void stores.payloads.getState().refreshUnfinished();
  for (const store of costStores(stores)) store.touch();
  void stores.budgets.getState().refresh();
  const { chosenSessionId } = stores.ui.getState();
  if (chosenSessionId === null) chooseFirst(stores);
  else if (stores.sessions.getState().byId[chosenSessionId] === undefined) void findChosen(stores, chosenSessionId);
}

/** Chooses the first session that is listed; the page that is shown stays. */
function chooseFirst({ sessions, ui }: AppStores): void {
  const { filter, setPreferences } = ui.getState();
  const first = visibleSessions(Object.values(sessions.getState().byId), filter, "")[0];
  setPreferences({ chosenSessionId: first?.sessionId ?? null });
}

/** The chosen session may be older than those of the snapshot, or gone. */
async function findChosen(stores: AppStores, sessionId: string): Promise<void> {
  try {
    stores.sessions.getState().takeListed([await stores.request("sessions.get", { sessionId })]);
  } catch (thrown) {
    const isGone = toFailure(thrown).code === "not_found";
    if (isGone && stores.ui.getState().chosenSessionId === sessionId) chooseFirst(stores);
  }
}

/** Whether the number of sessions, of a project or in all, is another after the event. */
function changesCounts({ sessions }: AppStores, { type, sessionId }: SessionEvent): boolean {
  if (type === "session.forgotten") return true;
  const appears = type === "session.created" || type === "session.sighted";
  return appears && sessions.getState().byId[sessionId] === undefined;
}

function watchSession(stores: AppStores, client: SwitchboardClient): () => void {
  const { chosenSessionId: sessionId } = stores.ui.getState();
  stores.feed.getState().open(sessionId);
  if (sessionId === null) return () => {};
  return client.subscribe({ kind: "session", sessionId }, sessionListener(stores));
}

function sessionListener({ feed, payloads, sessions }: AppStores): FeedListener {
  return {
    onSnapshot: (snapshot, seq) => {
      if (snapshot.kind !== "session") return;
      // It may be one that the host feed has not told of: a search or a link led to it.
      sessions.getState().takeListed([snapshot.session]);
      payloads.getState().put(snapshot.payloads);
      feed.getState().takeSnapshot(snapshot, seq);
    },
    onEvents: (events: readonly SessionEvent[]) => {
      payloads.getState().takeEvents(events);
      feed.getState().takeEvents(events);
    },
    onFailure: (failure) => feed.getState().fail(failure),
  };
}
