import { type PermissionMode, permissionModeSchema } from "../../../shared/model/session.ts";

/** Each permission mode in words. */
export const modeWords: Readonly<Record<PermissionMode, string>> = {
  default: "Default: asks before risky tools",
  acceptEdits: "Accept edits: file edits without asking",
  plan: "Plan: reads and plans, changes nothing",
  bypassPermissions: "Bypass: everything without asking",
  dontAsk: "Don't ask: denies what is not allowed",
  auto: "Auto: the CLI decides what to ask",
  manual: "Manual: asks before every tool",
};

/** The mode's short name for a header: the words before the colon; the CLI's own word for a mode unknown here. */
export function modeName(mode: string): string {
  const known = permissionModeSchema.safeParse(mode);
  return known.success ? (modeWords[known.data].split(":")[0] ?? mode) : mode;
}

/** Names that the CLI takes for a model of its choice; any full model name works as well. */
export const modelAliases: readonly string[] = ["default", "opus", "sonnet", "haiku"];
