import type { UserMessage } from "../../claude/claudeMessage.ts";
import type { ContentBlock } from "../../claude/contentBlock.ts";
import type { EventDraft } from "../../../../shared/model/event.ts";
import { shortened } from "./shortened.ts";
import type { MappingContext } from "./mapMessage.ts";
import type { Mapped, MappingState } from "./mappingState.ts";

/** Characters of a tool's result that an event carries: beyond this nobody reads in a stream, the transcript has it. */
const MAX_OUTPUT_CHARACTERS = 64 * 1024;

/** What the CLI writes in the user's name about its own commands (measured on 2.1.329). */
const OWN_WORDS = /^\s*<(?:local-command-|command-name|system-reminder)/u;

/** Maps a user line: tool results, a payload that entered the conversation, or text that the CLI wrote itself. */
export function mapUser(state: MappingState, message: UserMessage, context: MappingContext): Mapped {
  const results = message.content.flatMap((block) => resultEvents(message, block));
  const text = message.content
    .filter((block) => block.type !== "tool_result")
    .map(blockText)
    .join("\n");
  const events = text === "" ? results : [...results, textEvent(message, text, context)];
  return { state, events };
}

function resultEvents(message: UserMessage, block: ContentBlock): EventDraft[] {
  if (block.type !== "tool_result") return [];
  const { toolUseId, isError } = block;
  const whole = block.content.map(blockText).join("\n");
  const { text: output, omittedChars } = shortened(whole, MAX_OUTPUT_CHARACTERS);
  const { parentToolUseId } = message;
  return [{ type: "tool.finished", data: { toolUseId, isError, output, omittedChars, parentToolUseId } }];
}

function textEvent(message: UserMessage, text: string, context: MappingContext): EventDraft {
  const { uuid: messageId, parentToolUseId } = message;
  const payloadId = messageId !== null && context.isPayload(messageId) ? messageId : null;
  const isForeign = message.isReplay && !message.isSynthetic && !OWN_WORDS.test(text);
  const origin = payloadId !== null ? "payload" : isForeign ? "peer" : "cli";
  return { type: "user.textAdded", data: { messageId, text, payloadId, origin, parentToolUseId } };
}

function blockText(block: ContentBlock): string {
  switch (block.type) {
    case "text":
    case "thinking":
      return block.text;
    case "media":
      return `[${block.media}${block.mediaType === null ? "" : ` ${block.mediaType}`}]`;
    case "tool_use":
      return `[tool call ${block.name}]`;
    case "tool_result":
      return block.content.map(blockText).join("\n");
    case "other":
      return JSON.stringify(block.raw);
  }
}
