/** The words in which the shell names permission requests: notification, tray, badge. Pure. */
import type { Permission } from "../../shared/model/permission.ts";

/** A notification or a menu line shows no more than this; the inbox shows all. */
const MAX_DETAIL_CHARS = 160;

/** E.g. "Bash asks for permission", "Claude has a question", "A plan is ready". */
export function permissionTitle(permission: Permission): string {
  if (permission.toolName === "AskUserQuestion") return "Claude has a question";
  if (permission.toolName === "ExitPlanMode") return "A plan is ready";
  return `${oneLine(permission.displayName)} asks for permission`;
}

/** What the request is about, on one line: the command, the file, or the CLI's own description. */
export function permissionDetail(permission: Permission): string {
  const { command, file_path: filePath, url } = permission.input;
  const told = [command, filePath, url, permission.description].find(isTelling);
  return oneLine(told ?? permission.displayName);
}

/** E.g. "2 permission requests". */
export function pendingCountWords(count: number): string {
  if (count === 0) return "No permission requests";
  return count === 1 ? "1 permission request" : `${count} permission requests`;
}

/** Untrusted text as one short line without control characters or characters that turn the direction of writing. */
export function oneLine(text: string): string {
  const plain = text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replaceAll(/\p{Cf}/gu, "")
    .trim();
  const chars = Array.from(plain);
  return chars.length <= MAX_DETAIL_CHARS ? plain : `${chars.slice(0, MAX_DETAIL_CHARS - 1).join("")}…`;
}

function isTelling(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
