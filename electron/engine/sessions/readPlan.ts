import { readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { PermissionAskMessage } from "../claude/claudeMessage.ts";

/**
 * The plan that an ExitPlanMode request asks to approve: from its input, else from the plan file that the input names
 * (measured on 2.1.329: `plan` and `planFilePath`). Only a Markdown file in a folder named `plans` is read: the path
 * comes from a model.
 */
export function readPlan({ toolName, input }: PermissionAskMessage): string | null {
  if (toolName !== "ExitPlanMode") return null;
  const { plan, planFilePath } = input;
  if (typeof plan === "string" && plan.trim() !== "") return plan;
  if (typeof planFilePath !== "string" || !isPlanFile(planFilePath)) return null;
  try {
    return readFileSync(planFilePath, "utf8");
  } catch {
    return null;
  }
}

function isPlanFile(path: string): boolean {
  return path.endsWith(".md") && basename(dirname(path)) === "plans";
}
