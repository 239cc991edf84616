/**
 * The app's own client, in Node: typed requests to a running host, and waiting for a session to reach a state.
 * Owns one connection; dispose it. Knows nothing about how the host was started.
 */
import { createClient } from "../../renderer/client/createClient.ts";
import type { SwitchboardClient } from "../../renderer/client/client.ts";
import { createSocketPipe } from "../../renderer/client/socketPipe.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import { reduceSession } from "../../shared/state/reduceSession.ts";

export interface HostConnection {
  readonly request: SwitchboardClient["request"];
  /** Resolves with the session as soon as, now or later, the predicate accepts it. */
  readonly until: (sessionId: string, accepts: (session: SessionSummary) => boolean) => Promise<SessionSummary>;
  /** Resolves with the first event of a session, past or future, that the predicate accepts. */
  readonly untilEvent: (sessionId: string, accepts: (event: SessionEvent) => boolean) => Promise<SessionEvent>;
  readonly dispose: () => void;
}

export interface ConnectOptions {
  readonly url: string;
  readonly token: string;
  /** How decisions and payloads name this client. */
  readonly clientName: string;
}

/** Connects and keeps connected, also over a restart of the host on the same port. */
export function connectToHost({ url, token, clientName }: ConnectOptions): HostConnection {
  const client = createClient({ openPipe: createSocketPipe({ origin: url, token }), clientName });
  const sessions = new Map<string, SessionSummary>();
  const checks = new Set<() => void>();
  function apply(event: SessionEvent): void {
    const after = reduceSession(sessions.get(event.sessionId), event);
    if (after !== undefined) sessions.set(event.sessionId, after);
  }
  client.subscribe(
    { kind: "host" },
    {
      onSnapshot: (snapshot) => {
        if (snapshot.kind !== "host") return;
        for (const session of snapshot.sessions) sessions.set(session.sessionId, session);
        for (const check of checks) check();
      },
      onEvents: (events) => {
        for (const event of events) {
          apply(event);
          // After each one: a state that the next event leaves again must not be missed.
          for (const check of checks) check();
        }
      },
      onFailure: () => undefined,
    },
  );
  return {
    request: (name, params) => client.request(name, params),
    until: (sessionId, accepts) =>
      new Promise((resolve) => {
        function check(): void {
          const session = sessions.get(sessionId);
          if (session === undefined || !accepts(session)) return;
          checks.delete(check);
          resolve(session);
        }
        checks.add(check);
        check();
      }),
    untilEvent: (sessionId, accepts) => untilEvent(client, sessionId, accepts),
    dispose: () => client.dispose(),
  };
}

function untilEvent(
  client: SwitchboardClient,
  sessionId: string,
  accepts: (event: SessionEvent) => boolean,
): Promise<SessionEvent> {
  return new Promise((resolve, reject) => {
    const close = client.subscribe(
      { kind: "session", sessionId },
      {
        onSnapshot: (snapshot) => look(snapshot.kind === "session" ? snapshot.events : []),
        onEvents: look,
        onFailure: (failure) => reject(new Error(failure.message)),
      },
    );
    function look(events: readonly SessionEvent[]): void {
      const found = events.find(accepts);
      if (found === undefined) return;
      close();
      resolve(found);
    }
  });
}
