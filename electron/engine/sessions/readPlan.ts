import type { PermissionAskMessage } from "../claude/claudeMessage.ts";
import { planFileName, readPlanFileNow } from "../claude/planFile.ts";

export interface PlanPlaces {
  /** The folders where the CLI may keep plans, best first. */
  readonly folders: readonly string[];
  /** The name of the plan's file that was written last in the session; null when none was. */
  readonly written: string | null;
}

/**
 * The plan that an ExitPlanMode request asks to approve: from its input, else from the plan file that the input names
 * (measured on 2.1.329: `plan` and `planFilePath`), else from the one that was written before.
 */
export function readPlan({ toolName, input }: PermissionAskMessage, { folders, written }: PlanPlaces): string | null {
  if (toolName !== "ExitPlanMode") return null;
  const { plan, planFilePath } = input;
  if (typeof plan === "string" && plan.trim() !== "") return plan;
  const name = (typeof planFilePath === "string" ? planFileName(planFilePath) : null) ?? written;
  if (name === null) return null;
  for (const folder of folders) {
    const found = readPlanFileNow(folder, name);
    if (found !== null) return found;
  }
  return null;
}
