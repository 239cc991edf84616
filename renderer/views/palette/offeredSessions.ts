import type { SessionSummary } from "../../../shared/model/session.ts";
import { compareSessions, type SessionOrder } from "../../stores/sessionOrder.ts";
import { scoreMatch } from "./scoreMatch.ts";

/** Sessions that the palette offers at once: more than anybody reads, and few enough to draw at each key. */
const MAX_OFFERED = 50;

/** What the palette finds a session by. */
export function sessionText({ title, projectPath, sessionId }: SessionSummary): string {
  return `${title} ${projectPath} ${sessionId}`;
}

/** The sessions that fit what is typed, in the order of the list. */
export function offeredSessions(order: SessionOrder, typed: string): readonly SessionSummary[] {
  const fitting = [...order.projects.values()].flatMap((members) =>
    members.filter((session) => scoreMatch(sessionText(session), typed) > 0).slice(0, MAX_OFFERED),
  );
  return fitting.toSorted(compareSessions).slice(0, MAX_OFFERED);
}
