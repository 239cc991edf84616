import type { Permission } from "../../../shared/model/permission.ts";
import { duration } from "../../terminal/figures.ts";

/** Who decided on a request, how fast, with which scope, and what became of it; for an undecided one, why it ended. */
export function decisionWords(permission: Permission): string {
  const { decision } = permission;
  if (decision === null) return permission.settledReason ?? "";
  return [
    `by ${decision.decidedBy}`,
    `after ${duration(decision.latencyMs)}`,
    ...(decision.remember === "once" ? [] : [`remembered for the ${decision.remember}`]),
    ...(decision.updatedInput === null ? [] : ["input edited"]),
    ...(decision.interrupt ? ["turn interrupted"] : []),
    ...(permission.outcome === null ? [] : [`tool ${permission.outcome}`]),
  ].join(", ");
}
