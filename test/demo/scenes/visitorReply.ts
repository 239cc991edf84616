/** What the scripted model answers to somebody who writes a prompt of their own into the demo. */
import type { Conversation } from "../../support/scriptedApi/conversation.ts";
import { type MessageReply, textReply } from "../../support/scriptedApi/reply.ts";

const FRAME = /<switchboard-payload kind="(\w+)"[^>]*>\n[\s\S]*?\n\n([\s\S]*)\n<\/switchboard-payload>/u;

/** Longest quotation of what was said: enough to recognise it. */
const MAX_QUOTED_CHARS = 300;

/** A payload in one line: its kind and its text, or the text itself when it came without a frame. */
export function payloadWords(text: string): string {
  const [, kind, inner] = FRAME.exec(text) ?? [];
  const words = (inner ?? text).trim().replaceAll(/\s+/gu, " ").slice(0, MAX_QUOTED_CHARS);
  return kind === undefined ? `“${words}”` : `${kind}: “${words}”`;
}

export function visitorReply(conversation: Conversation): MessageReply {
  const before = conversation.contextTexts.map((text) => `I was told before: ${payloadWords(text)}.\n\n`).join("");
  return textReply(
    `${before}I have read this: ${payloadWords(conversation.prompt)}.\n\nThe model of this demo is scripted, so it cannot work on anything new. ` +
      "The rest is real: the Claude Code process, its tools, its permission requests, and the way your words reached me.",
  );
}
