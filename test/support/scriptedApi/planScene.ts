/**
 * The plan scene: what the model does in plan mode before it asks to leave it. It writes the plan into the file that
 * the CLI names, because the CLI takes the plan from there and nowhere else (measured on 2.1.329).
 */
import type { Conversation } from "./conversation.ts";
import { toolReply } from "./reply.ts";
import type { Reply } from "./reply.ts";
import { closingReply } from "./scene.ts";

export function planScene(conversation: Conversation): Reply {
  const path = conversation.planFilePath;
  const steps = [
    ...(path === null ? [] : [{ name: "Write", input: { file_path: path, content: planText(conversation) } }]),
    { name: "ExitPlanMode", input: { plan: planText(conversation) } },
  ];
  const next = steps[conversation.step];
  return next === undefined ? closingReply(conversation) : toolReply([next]);
}

function planText(conversation: Conversation): string {
  const subject = conversation.argument || "Add a health check";
  return `# Plan: ${subject}\n\n1. Write a failing test\n2. Make it pass\n3. Describe it in the README\n\n**Risk:** low\n`;
}
