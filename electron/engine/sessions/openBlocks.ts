import type { SessionEvent } from "../../../shared/model/event.ts";

type DeltaEvent = Extract<SessionEvent, { type: "assistant.delta" }>;

/** Characters of one block that are kept for late comers; what is longer they see when the block is complete. */
const MAX_BLOCK_CHARACTERS = 256 * 1024;

/**
 * Owns the text of blocks that are still being written, because their deltas are not kept: a client that comes in the
 * middle is told the text so far as one delta.
 * Invariant: a block is forgotten when its message has a finished event or its turn or process ended.
 */
export class OpenBlocks {
  readonly #blocks = new Map<string, DeltaEvent>();

  /** Takes one event of the session into account. */
  apply(event: SessionEvent): void {
    if (event.type === "assistant.delta") this.#grow(event);
    else if (event.type === "turn.completed" || event.type === "process.exited") this.#blocks.clear();
    else if (event.type === "assistant.textAdded") this.#finish(event.data.messageId, "text");
    else if (event.type === "assistant.thinkingAdded") this.#finish(event.data.messageId, "thinking");
    else if (event.type === "tool.called") this.#finish(event.data.messageId, "toolInput");
  }

  /** One delta a block that is open, with all of its text so far. */
  deltas(): readonly SessionEvent[] {
    return [...this.#blocks.values()];
  }

  #grow(event: DeltaEvent): void {
    const key = `${event.data.messageId}/${event.data.blockIndex}`;
    const before = this.#blocks.get(key);
    const text = ((before?.data.text ?? "") + event.data.text).slice(0, MAX_BLOCK_CHARACTERS);
    this.#blocks.set(key, { ...event, data: { ...event.data, text } });
  }

  /** A message's blocks finish in order, so the first open one of the kind is the one that finished. */
  #finish(messageId: string, block: DeltaEvent["data"]["block"]): void {
    for (const [key, { data }] of this.#blocks) {
      if (data.messageId !== messageId || data.block !== block) continue;
      this.#blocks.delete(key);
      return;
    }
  }
}
