/** Scenes that tests of the ledger need beside the usual ones: usage as no API should tell it, several tool calls at once. */
import type { Conversation } from "../scriptedApi/conversation.ts";
import { type RawUsage, type Reply, textReply, toolReply } from "../scriptedApi/reply.ts";
import { closingReply, type Scene } from "../scriptedApi/scene.ts";
import { transcriptScenes } from "../transcripts/transcriptScenes.ts";

export const ledgerScenes: Readonly<Record<string, Scene>> = { ...transcriptScenes, RAW_USAGE: rawUsage };

/**
 * `RAW_USAGE {"start": …, "end": …, "bash": …}`: tells these as the message's usage, as they stand; with `bash` the message
 * calls that command.
 */
function rawUsage(conversation: Conversation): Reply {
  if (conversation.step > 0) return closingReply(conversation);
  const told: unknown = JSON.parse(conversation.argument);
  const { start, end, bash }: RawUsage & { readonly bash?: string } = Object(told);
  const call = { name: "Bash", input: { command: bash, description: "Run the scripted command" } };
  const reply = bash === undefined ? textReply("Tokens used as told.") : toolReply([call]);
  return { ...reply, rawUsage: { start, end } };
}

/** The prompt that has both ends of a message tell this usage; the beginning knows of one token of output. */
export function rawUsagePrompt(usage: Readonly<Record<string, unknown>>, bash?: string): string {
  return `RAW_USAGE ${JSON.stringify({ start: { ...usage, output_tokens: 1 }, end: usage, bash })}`;
}
