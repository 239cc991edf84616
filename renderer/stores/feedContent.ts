import { weightOf } from "../../shared/contract/events.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import { advanceOpenBlocks, type OpenBlock } from "../../shared/state/openBlocks.ts";

/** Events of the chosen session that are held at once: hours of work; older ones are paged from the host. */
export const MAX_FEED_EVENTS = 20_000;

/** What is known of the chosen session's conversation. */
export interface FeedContent {
  /** Kept events in order of `seq`, the newest `MAX_FEED_EVENTS`; never passing ones or sightings. */
  readonly events: readonly SessionEvent[];
  /** Blocks that are being written right now, in the order they were opened. */
  readonly openBlocks: readonly OpenBlock[];
  /** What the CLI last said it is busy with (e.g. `requesting`); null between turns. */
  readonly status: string | null;
  /** The newest sequence number taken in; anything up to it is a repetition. */
  readonly lastSeq: number;
}

export const emptyFeedContent: FeedContent = { events: [], openBlocks: [], status: null, lastSeq: -1 };

/** Takes in events that follow the content, in order. Repetitions must have been left out by the caller. */
export function appendEvents(content: FeedContent, arrived: readonly SessionEvent[]): FeedContent {
  let { openBlocks, status, lastSeq } = content;
  const kept: SessionEvent[] = [];
  for (const event of arrived) {
    openBlocks = advanceOpenBlocks(openBlocks, event);
    status = advanceStatus(status, event);
    lastSeq = Math.max(lastSeq, event.seq);
    if (isKept(event)) kept.push(event);
  }
  const events = kept.length === 0 ? content.events : [...content.events, ...kept].slice(-MAX_FEED_EVENTS);
  return { events, openBlocks, status, lastSeq };
}

/** Passing events are told in full by later ones; sightings change the summary, which is kept elsewhere. */
function isKept({ type }: SessionEvent): boolean {
  const weight = weightOf(type);
  return weight === "headline" || weight === "content";
}

function advanceStatus(status: string | null, event: SessionEvent): string | null {
  if (event.type === "status.reported") return event.data.status;
  if (event.type === "turn.completed" || event.type === "process.exited") return null;
  return status;
}
