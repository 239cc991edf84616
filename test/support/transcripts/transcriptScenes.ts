/** Scenes that only transcripts need: several tool calls at once, and usages large enough to fill a context. */
import type { Conversation } from "../scriptedApi/conversation.ts";
import { toolReply } from "../scriptedApi/reply.ts";
import type { Reply, ToolCall } from "../scriptedApi/reply.ts";
import { closingReply, type Scene } from "../scriptedApi/scene.ts";

export const transcriptScenes: Readonly<Record<string, Scene>> = {
  CALL_TOOLS: callTools,
  FULL_BASH: fullBash,
};

/** `CALL_TOOLS <list of {name, input} as JSON>`: all in one message. A name `Agent` stands for the tool of that purpose. */
function callTools(conversation: Conversation): Reply {
  if (conversation.step > 0) return closingReply(conversation);
  return toolReply(callsIn(JSON.parse(conversation.argument)), "I use tools.");
}

/** `FULL_BASH <command>`: calls Bash and says that the context is nearly full. */
function fullBash(conversation: Conversation): Reply {
  if (conversation.step > 0) return closingReply(conversation);
  const call = { name: "Bash", input: { command: conversation.argument, description: "Run the scripted command" } };
  return { ...toolReply([call]), usage: { input: FULL_CONTEXT_TOKENS, output: 20 } };
}

/** More than the CLI leaves free of a window of 100,000 tokens before it compacts by itself. */
const FULL_CONTEXT_TOKENS = 99_000;

function callsIn(value: unknown): readonly ToolCall[] {
  return Array.isArray(value) ? value.flatMap((call: unknown) => callIn(call)) : [];
}

function callIn(call: unknown): readonly ToolCall[] {
  if (typeof call !== "object" || call === null || !("name" in call) || !("input" in call)) return [];
  if (typeof call.name !== "string" || typeof call.input !== "object" || call.input === null) return [];
  return [{ name: call.name, input: { ...call.input } }];
}
