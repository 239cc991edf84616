/** Events that wait for one subscription: what a page that stops for a second misses of the fastest stream. */
export const MAX_QUEUED_EVENTS = 50_000;

/** Their JSON, in characters: what a client that never reads may cost the host, per subscription. */
export const MAX_QUEUED_CHARACTERS = 16 * 1024 * 1024;

/** The JSON of one frame's events, in characters: short enough to be written and parsed without a pause. */
export const MAX_BATCH_CHARACTERS = 512 * 1024;

/**
 * Encoded events that wait for their client. Bounded in number and size, except that one event of any size fits into
 * an empty queue: otherwise a client could never get past it.
 */
export class EventQueue {
  #events: string[] = [];
  #characters = 0;

  get isEmpty(): boolean {
    return this.#events.length === 0;
  }

  /** Adds one event's JSON. False when it does not fit; the queue is then as before. */
  push(json: string): boolean {
    const fits = this.#events.length < MAX_QUEUED_EVENTS && this.#characters + json.length <= MAX_QUEUED_CHARACTERS;
    if (!fits && !this.isEmpty) return false;
    this.#events.push(json);
    this.#characters += json.length;
    return true;
  }

  /** Takes the oldest events that fit into one frame: at least one if there is any, `limit` at most. */
  take(limit: number): readonly string[] {
    let count = 0;
    let characters = 0;
    for (const json of this.#events) {
      const isFull = count > 0 && characters + json.length > MAX_BATCH_CHARACTERS;
      if (count === limit || isFull) break;
      count += 1;
      characters += json.length;
    }
    this.#characters -= characters;
    return this.#events.splice(0, count);
  }

  clear(): void {
    this.#events = [];
    this.#characters = 0;
  }
}
