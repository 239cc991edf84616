import type { EventOf, SessionEvent } from "../model/event.ts";

/** Characters kept of one block while it is written: far more than a screen; the finished block arrives whole. */
export const MAX_OPEN_BLOCK_CHARS = 200_000;

/** How far a block may grow before it is cut back: cutting it with every delta would copy all of it each time. */
const CUT_AT_CHARS = 2 * MAX_OPEN_BLOCK_CHARS;

/** Blocks written at the same time: sub-agents write side by side, a few dozen at most. */
export const MAX_OPEN_BLOCKS = 64;

/** A block that the assistant is still writing. */
export interface OpenBlock {
  readonly messageId: string;
  readonly blockIndex: number;
  readonly block: EventOf<"assistant.delta">["data"]["block"];
  /** What is written so far; of a long block at least the newest `MAX_OPEN_BLOCK_CHARS`. */
  readonly text: string;
  readonly parentToolUseId: string | null;
}

/**
 * Follows which blocks are being written. A delta opens or extends one; the finished event of the same message and
 * kind closes the first such block, since blocks of a message finish in order; the end of a turn or a process closes
 * all. Returns the same array when nothing changed.
 */
export function advanceOpenBlocks(open: readonly OpenBlock[], event: SessionEvent): readonly OpenBlock[] {
  switch (event.type) {
    case "assistant.delta":
      return extendBlock(open, event.data);
    case "assistant.textAdded":
      return closeBlock(open, event.data.messageId, "text");
    case "assistant.thinkingAdded":
      return closeBlock(open, event.data.messageId, "thinking");
    case "tool.called":
      return closeBlock(open, event.data.messageId, "toolInput");
    case "turn.completed":
    case "process.exited":
      return open.length === 0 ? open : [];
    default:
      return open;
  }
}

function extendBlock(open: readonly OpenBlock[], delta: EventOf<"assistant.delta">["data"]): readonly OpenBlock[] {
  const index = open.findIndex((block) => block.messageId === delta.messageId && block.blockIndex === delta.blockIndex);
  const before = open[index];
  if (before === undefined) return [...open, { ...delta, text: newest(delta.text) }].slice(-MAX_OPEN_BLOCKS);
  return open.with(index, { ...before, text: newest(before.text + delta.text) });
}

function newest(text: string): string {
  return text.length > CUT_AT_CHARS ? text.slice(-MAX_OPEN_BLOCK_CHARS) : text;
}

function closeBlock(open: readonly OpenBlock[], messageId: string, kind: OpenBlock["block"]): readonly OpenBlock[] {
  const isOfMessage = (block: OpenBlock): boolean => block.messageId === messageId && block.block === kind;
  // A block that stayed empty has no finished event, so the first one with text is the one that finished.
  const withText = open.findIndex((block) => isOfMessage(block) && block.text !== "");
  const index = withText === -1 ? open.findIndex(isOfMessage) : withText;
  return index === -1 ? open : open.toSpliced(index, 1);
}

/** What a client that comes in the middle is told: one delta a block, with all of its text so far. */
export function openBlockDeltas(
  open: readonly OpenBlock[],
  at: Pick<SessionEvent, "sessionId" | "seq" | "at">,
): readonly SessionEvent[] {
  return open.map((data) => ({ type: "assistant.delta", data, ...at }));
}
