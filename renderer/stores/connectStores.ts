import type { FeedListener, SwitchboardClient } from "../client/client.ts";
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
  return () => {
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
      stores.sessions.getState().takeEvents(events);
      stores.permissions.getState().takeEvents(events);
      stores.payloads.getState().takeEvents(events);
    },
    onFailure: ({ message }) =>
      stores.notify({ tone: "failure", title: "The list of sessions is not available", text: message }),
  };
}

function takeHostSnapshot(stores: AppStores, snapshot: Snapshot): void {
  if (snapshot.kind !== "host") return;
  stores.connection.getState().takeHost(snapshot.host);
  stores.sessions.getState().takeSnapshot(snapshot.sessions);
  stores.permissions.getState().takeSnapshot(snapshot.permissions);
  void stores.payloads.getState().refreshUnfinished();
  const { chosenSessionId, filter, chooseSession } = stores.ui.getState();
  const isKnown = snapshot.sessions.some(({ sessionId }) => sessionId === chosenSessionId);
  if (!isKnown) chooseSession(visibleSessions(snapshot.sessions, filter, "")[0]?.sessionId ?? null);
}

function watchSession(stores: AppStores, client: SwitchboardClient): () => void {
  const { chosenSessionId: sessionId } = stores.ui.getState();
  stores.feed.getState().open(sessionId);
  if (sessionId === null) return () => {};
  return client.subscribe({ kind: "session", sessionId }, sessionListener(stores));
}

function sessionListener({ feed, payloads }: AppStores): FeedListener {
  return {
    onSnapshot: (snapshot, seq) => {
      if (snapshot.kind !== "session") return;
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
