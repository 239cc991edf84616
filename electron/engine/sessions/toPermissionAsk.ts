import type { PermissionAskMessage } from "../claude/claudeMessage.ts";
import type { PermissionAsk } from "../permissions/permissionRegistry.ts";

/** The tools whose request is a question to the person; a version that does not mark them must not get a rule in. */
const QUESTIONS: ReadonlySet<string> = new Set(["AskUserQuestion", "ExitPlanMode"]);

/** What the permission inbox is told of a `can_use_tool` request. */
export function toPermissionAsk(
  message: PermissionAskMessage,
  about: Pick<PermissionAsk, "sessionId" | "projectPath" | "plan">,
): PermissionAsk {
  const requiresUserInteraction = message.requiresUserInteraction || QUESTIONS.has(message.toolName);
  return {
    ...about,
    origin: "owned",
    toolName: message.toolName,
    displayName: message.displayName ?? message.toolName,
    toolUseId: message.toolUseId,
    input: message.input,
    description: message.description,
    decisionReason: message.decisionReason,
    decisionReasonType: message.decisionReasonType,
    blockedPath: message.blockedPath,
    requiresUserInteraction,
    defaultToNo: message.defaultToNo,
    mayRemember: !requiresUserInteraction && !message.suppressAlwaysAllowRule,
    suggestedUpdates: message.permissionSuggestions,
  };
}
