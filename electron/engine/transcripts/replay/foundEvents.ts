import type { SessionEvent } from "../../../../shared/model/event.ts";
import { approximateSize } from "../../bus/approximateSize.ts";

/** Characters of a page's events, roughly; its last record may go over it. What a client gets in one piece. */
const MAX_PAGE_SIZE = 2 * 1024 * 1024;

export interface FoundEventsOptions {
  readonly limit: number;
  /** Which events of a record are taken when there is room for some only, and the order in which records come. */
  readonly side: "oldest" | "newest";
  /** Characters at most, roughly. */
  readonly maxSize?: number | undefined;
}

/** The events of one record, and the record's own time. */
export interface RecordFacts {
  readonly offset: number;
  readonly at: string | null;
  readonly events: readonly SessionEvent[];
}

/** Collects events record by record until there are enough for a page. */
export class FoundEvents {
  /** In the order in which they were added. One without events is kept where it dates others. */
  readonly groups: RecordFacts[] = [];
  /** True when there is at least one event more than were asked for. */
  hasMore = false;
  readonly #limit: number;
  readonly #side: FoundEventsOptions["side"];
  readonly #maxSize: number;
  #count = 0;
  #size = 0;

  constructor({ limit, side, maxSize = MAX_PAGE_SIZE }: FoundEventsOptions) {
    this.#limit = limit;
    this.#side = side;
    this.#maxSize = maxSize;
  }

  add(facts: RecordFacts): void {
    const { events } = facts;
    if (events.length === 0) return this.#addTime(facts);
    const room = this.#size >= this.#maxSize ? 0 : this.#limit - this.#count;
    const taken = this.#side === "oldest" ? oldest(events, room) : newest(events, room);
    this.hasMore = taken.length < events.length;
    if (taken.length === 0) return;
    this.groups.push({ ...facts, events: taken });
    this.#count += taken.length;
    this.#size += taken.reduce((sum, { data }) => sum + approximateSize(data), 0);
  }

  /** Of neighbours without events only the latest in the file dates what follows them, and there may be very many. */
  #addTime(facts: RecordFacts): void {
    if (facts.at === null) return;
    const isBesideAnother = this.groups.at(-1)?.events.length === 0;
    if (isBesideAnother && this.#side === "newest") return;
    if (isBesideAnother) this.groups.pop();
    this.groups.push(facts);
  }
}

/** The first events; those that share a place stay together. */
function oldest(events: readonly SessionEvent[], room: number): readonly SessionEvent[] {
  if (room <= 0) return [];
  let end = room;
  while (end < events.length && events[end]?.seq === events[end - 1]?.seq) end += 1;
  return events.slice(0, end);
}

function newest(events: readonly SessionEvent[], room: number): readonly SessionEvent[] {
  if (room <= 0) return [];
  let start = Math.max(0, events.length - room);
  while (start > 0 && events[start]?.seq === events[start - 1]?.seq) start -= 1;
  return events.slice(start);
}
