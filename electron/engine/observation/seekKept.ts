import type { RequestParams } from "../../../shared/contract/requests.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";
import { looksLikeQuestion } from "../../../shared/state/looksLikeQuestion.ts";
import { type Mark, markedEvents } from "../transcripts/replay/marks.ts";
import type { KeptEvents } from "./sessionHistory.ts";

/** Events looked at between two turns of the event loop: reading them takes some milliseconds. */
const STEP = 200;

/**
 * Looks for a mark among the kept events of a session, from a place or, without one, from the end the direction comes
 * from. `takeOver` is the event before which the transcript must be looked through, where the search came to one.
 */
export async function seekKept(
  kept: KeptEvents,
  { sessionId, mark, direction, from }: RequestParams<"sessions.seek">,
  isTakeOver: (event: SessionEvent) => boolean,
): Promise<{ readonly seq: number | null; readonly takeOver: SessionEvent | null }> {
  let place = from;
  for (;;) {
    const page =
      direction === "next" ? kept.after(sessionId, place ?? 0, STEP) : kept.newest(sessionId, STEP, place).items;
    const edge = direction === "next" ? page.at(-1) : page[0];
    const last = page.at(-1);
    if (edge === undefined || last === undefined) return { seq: null, takeOver: null };
    // Whether a text asks something is seen by what comes after it.
    const following = mark === "question" ? kept.after(sessionId, last.seq, STEP) : [];
    const begin = direction === "previous" ? page.findLastIndex(isTakeOver) : -1;
    const looked = begin === -1 ? page : page.slice(begin);
    const marks = markedIn(looked, following, mark);
    const found = direction === "next" ? marks[0] : marks.at(-1);
    if (found !== undefined) return { seq: found.seq, takeOver: null };
    if (begin !== -1) return { seq: null, takeOver: page[begin] ?? null };
    place = edge.seq;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Kept events stand one by one, where a transcript's record holds those that belong together. */
function markedIn(
  events: readonly SessionEvent[],
  following: readonly SessionEvent[],
  mark: Mark,
): readonly SessionEvent[] {
  if (mark === "turn") return events.filter((event) => event.type === "user.textAdded" && event.data.origin !== "cli");
  if (mark !== "question") return markedEvents(events, mark).flatMap((index) => events[index] ?? []);
  const all = [...events, ...following];
  return events.filter((event, index) => isQuestion(all, event, index));
}

/** A text asks the person something only when it is the last of its turn. */
function isQuestion(events: readonly SessionEvent[], event: SessionEvent, index: number): boolean {
  if (event.type === "tool.called") return markedEvents([event], "question").length > 0;
  if (event.type !== "assistant.textAdded" || !looksLikeQuestion(event.data.text)) return false;
  const next = events.slice(index + 1).find(({ type }) => ENDS.has(type));
  return next?.type === "turn.completed";
}

const ENDS: ReadonlySet<string> = new Set(["assistant.textAdded", "tool.called", "turn.completed"]);
