import type { Permission } from "../../../shared/model/permission.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";

/** What a request is about, in a few words. */
export function permissionTitle(permission: Permission): string {
  if (permission.toolName === "AskUserQuestion") return "Asks a question";
  if (permission.toolName === "ExitPlanMode") return "Has a plan to approve";
  if (permission.toolName === "Bash") return "Wants to run a command";
  if (permission.toolName === "Write") return "Wants to write a file";
  if (permission.toolName === "Edit" || permission.toolName === "MultiEdit") return "Wants to edit a file";
  return `Wants to use ${visibleText(permission.displayName)}`;
}
