/** Which of our own sessions have a claude process: a pure projection of the host feed. Bounded by `maxSessions`. */
import type { HostSnapshot } from "../../shared/contract/feeds.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { SessionSummary } from "../../shared/model/session.ts";
import { reduceSession } from "../../shared/state/reduceSession.ts";

/** By session id. */
export type RunningSessions = ReadonlyMap<string, SessionSummary>;

export function runningSessionsOf(snapshot: HostSnapshot): RunningSessions {
  return new Map(snapshot.sessions.filter(isRunning).map((session) => [session.sessionId, session]));
}

/** The sessions after one event; the same map when the event changes nothing. */
export function reduceRunningSessions(running: RunningSessions, event: SessionEvent): RunningSessions {
  const before = running.get(event.sessionId);
  const after = reduceSession(before, event);
  if (after === before) return running;
  const next = new Map(running);
  if (after !== undefined && isRunning(after)) next.set(event.sessionId, after);
  else next.delete(event.sessionId);
  return next;
}

function isRunning(session: SessionSummary): boolean {
  return session.owner === "owned" && session.live;
}
