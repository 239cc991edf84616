import type { ActivityKind } from "../../../shared/model/activity.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";

const busyKinds: ReadonlySet<ActivityKind> = new Set<ActivityKind>([
  "starting",
  "working",
  "tool_pending",
  "awaiting_permission",
  "awaiting_answer",
  "plan_ready",
]);

/** Whether a turn is running, so that interrupting it means something and closing loses something. */
export function isWorking(session: Pick<SessionSummary, "live" | "activity">): boolean {
  return session.live && busyKinds.has(session.activity.kind);
}
