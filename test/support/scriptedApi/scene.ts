/** The type of a scene, and the sentence every tool scene ends with. */
import type { Conversation } from "./conversation.ts";
import { textReply } from "./reply.ts";
import type { MessageReply, Reply } from "./reply.ts";

/** A named, pure answer: the same conversation always gets the same reply. */
export type Scene = (conversation: Conversation) => Reply;

/** Longest quotation of a tool result: enough to recognise it, short enough to read in a terminal. */
const MAX_QUOTED_CHARS = 2_000;

/**
 * Ends a scene by quoting what its tools answered and what was said to the model meanwhile, so that a test can prove
 * that the model was shown both.
 */
export function closingReply(conversation: Conversation): MessageReply {
  const answers = conversation.toolResults.map((result) =>
    result.isError
      ? `The ${result.toolName} tool was refused or failed: ${quote(result.text)}`
      : `The ${result.toolName} tool answered: ${quote(result.text)}`,
  );
  const injected = conversation.injectedTexts.map((text) => `Meanwhile I was told: ${quote(text)}`);
  return textReply([...answers, ...injected].join("\n"));
}

export function quote(text: string): string {
  return text.length <= MAX_QUOTED_CHARS ? text : `${text.slice(0, MAX_QUOTED_CHARS)}…`;
}
