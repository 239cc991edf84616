/**
 * Owns where a session's past is read from: the events that this host kept, or the transcript.
 * Kept events know receipts and decisions, so they come first; the transcript holds what was said before a session was
 * taken over, what was said in other processes, and what is not kept any more. Knows nothing about SQL or records.
 * Invariant: pages in one direction join without a gap and without repetition.
 * Places: below zero those in the session's transcript, far below zero (`parentPlaces.ts`) those in the transcript that a
 * fork was copied from, else those of kept events.
 */
import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestParams, RequestResult } from "../../../shared/contract/requests.ts";
import type { EventOf, SessionEvent } from "../../../shared/model/event.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import type { findOutermostCall } from "../transcripts/replay/findCall.ts";
import type { readSubagentPage } from "../transcripts/replay/subagentFile.ts";
import type { seekMark } from "../transcripts/replay/seekMark.ts";
import { transcriptSeq } from "../transcripts/replay/transcriptSeq.ts";
import type { ReadTranscriptPage } from "../transcripts/replay/transcriptPage.ts";
import { isParentPlace, withParentPlaces, toParentPlace, fromParentPlace } from "./parentPlaces.ts";
import { seekKept } from "./seekKept.ts";
import { type FindJoinMark, HistoryJoins } from "./sessionHistoryJoin.ts";

/** The kept events of the sessions that are or were owned here. */
export interface KeptEvents {
  readonly newest: (
    sessionId: string,
    limit: number,
    before?: number,
  ) => { readonly items: readonly SessionEvent[]; readonly hasOlder: boolean };
  readonly after: (sessionId: string, after: number, limit: number) => readonly SessionEvent[];
}

export interface SessionHistoryOptions {
  readonly kept: KeptEvents;
  readonly session: (sessionId: string) => SessionSummary;
  /** The session's transcript; null when there is none (any more). Times in milliseconds since 1970. */
  readonly transcriptOf: (sessionId: string) => { readonly path: string; readonly lastActivityMs: number } | null;
  readonly readPage: ReadTranscriptPage;
  readonly readSubagentPage: typeof readSubagentPage;
  readonly seekMark: typeof seekMark;
  readonly findJoinMark: FindJoinMark;
  readonly findOutermostCall: typeof findOutermostCall;
}

export type EventPage = Pick<RequestResult<"sessions.events">, "items" | "hasOlder" | "hasNewer">;

/**
 * A transcript goes on for a moment after the last event that was kept of a session whose host was killed: its process
 * writes its totals when it ends. What is later than that was said in another process.
 */
const CLOSING_MS = 10_000;

/** Kept events that are looked through for how a session's last process ended: what is left open is settled after it. */
const CLOSING_EVENTS = 100;

export class SessionHistory {
  readonly #options: SessionHistoryOptions;
  readonly #joins: HistoryJoins;

  constructor(options: SessionHistoryOptions) {
    this.#options = options;
    const { kept, transcriptOf, findJoinMark } = options;
    this.#joins = new HistoryJoins({ kept, transcriptOf, findMark: findJoinMark });
  }

  /** The transcript that the session's end must be read from; null when what is kept here goes to the end. */
  newestTranscript(sessionId: string): string | null {
    const { session, transcriptOf } = this.#options;
    const { owner } = session(sessionId);
    if (owner === "owned") return null;
    const transcript = transcriptOf(sessionId);
    if (transcript === null) return null;
    return owner === "observed" || this.goesOnElsewhere(sessionId, transcript.lastActivityMs) ? transcript.path : null;
  }

  /** Whether what was written at `writtenMs` (since 1970) is later than all that is kept of the session here. */
  goesOnElsewhere(sessionId: string, writtenMs: number): boolean {
    const events = this.#options.kept.newest(sessionId, CLOSING_EVENTS).items;
    const last = events.at(-1);
    if (last === undefined) return true;
    const lifecycle = events.findLast(({ type }) => LIFECYCLE.has(type));
    // A process that is known to have ended has written its last words.
    const hasEnded = lifecycle?.type === "process.exited";
    return writtenMs > (hasEnded ? Date.parse(lifecycle.at) : Date.parse(last.at) + CLOSING_MS);
  }

  /** The newest kept events, back to where another process said something. */
  newestKept(sessionId: string, limit: number): EventPage {
    return cutAtTakeOver({ ...this.#options.kept.newest(sessionId, limit), hasNewer: false });
  }

  /**
   * The last events before a place of the session's transcript, in bytes; before its end when that is null.
   * @throws RequestError `transcript_missing`.
   */
  async transcriptEnd(sessionId: string, until: number | null, limit: number): Promise<EventPage> {
    const path = this.requireTranscript(sessionId);
    return this.#options.readPage({ path, sessionId, place: "end", limit, ...(until === null ? {} : { until }) });
  }

  /** The newest page, or the one before or after a place. @throws RequestError `transcript_missing`, `bad_request`. */
  async page(params: RequestParams<"sessions.events">): Promise<EventPage> {
    const { sessionId, after, before, subagent } = params;
    if (after !== undefined && before !== undefined) {
      throw new RequestError("bad_request", "Give `after` or `before`, not both.");
    }
    if (subagent !== undefined) return this.#subagent(params, subagent);
    if (after !== undefined) return this.#after(params, after);
    if (before !== undefined) return this.#before(params, before);
    const path = this.newestTranscript(sessionId);
    if (path === null)
      return { ...(await this.#beforeInKept(sessionId, Number.MAX_SAFE_INTEGER, params.limit)), hasNewer: false };
    return this.#options.readPage({ path, sessionId, place: "end", limit: params.limit });
  }

  /** The place of the next or previous mark, or null. @throws RequestError `transcript_missing`. */
  async seek(params: RequestParams<"sessions.seek">): Promise<number | null> {
    const { sessionId, mark, direction, from } = params;
    const { kept, seekMark, transcriptOf } = this.#options;
    if (from !== undefined && isParentPlace(from)) return this.#seekFromParent(params, from);
    if (from !== undefined ? from < 0 : this.newestTranscript(sessionId) !== null) {
      return seekMark({ path: this.requireTranscript(sessionId), mark, direction, from });
    }
    // From the start, all of it is in the transcript, once there is one; what is kept may begin later.
    const path = from === undefined && direction === "next" ? transcriptOf(sessionId)?.path : undefined;
    if (path !== undefined) return seekMark({ path, mark, direction });
    const found = await seekKept(kept, params, (event) => takeOverIn(event) !== null);
    const history = takeOverIn(found.takeOver ?? undefined)?.data.history ?? null;
    if (history === null) return this.#seekBeforeJoin(params, found.seq);
    const place = { mark, direction, from: transcriptSeq(history.bytes) };
    const seq = await seekMark({ path: this.requireTranscript(history.sessionId), ...place });
    return seq === null || history.sessionId === sessionId ? seq : toParentPlace(seq);
  }

  /** Where the transcript calls the tool, or starts the sub-agent that does; null. @throws RequestError `transcript_missing`. */
  call(sessionId: string, toolUseId: string): Promise<number | null> {
    return this.#options.findOutermostCall(this.requireTranscript(sessionId), toolUseId);
  }

  /** What was found among the kept events, or what the transcript has of the time before them. */
  async #seekBeforeJoin({ sessionId, mark, direction }: RequestParams<"sessions.seek">, found: number | null) {
    if (direction === "next") return found;
    const join = await this.#joins.reachedBy(sessionId, found ?? 0);
    if (join === null || (found !== null && found >= join.keptSeq)) return found;
    const path = this.requireTranscript(sessionId);
    return this.#options.seekMark({ path, mark, direction, from: join.transcriptSeq });
  }

  /** The session's transcript. @throws RequestError `transcript_missing`. */
  requireTranscript(sessionId: string): string {
    const path = this.#options.transcriptOf(sessionId)?.path;
    if (path !== undefined) return path;
    const words =
      "The transcript with this part of the session is gone: Claude Code deletes transcripts after a while.";
    throw new RequestError("transcript_missing", words);
  }

  #subagent(
    { sessionId, after, before, limit }: RequestParams<"sessions.events">,
    toolUseId: string,
  ): Promise<EventPage> {
    const path = this.requireTranscript(sessionId);
    const place = after !== undefined ? { after } : before !== undefined ? { before } : "end";
    return this.#options.readSubagentPage({ path, sessionId, toolUseId, place, limit });
  }

  async #after({ sessionId, limit }: RequestParams<"sessions.events">, after: number): Promise<EventPage> {
    if (isParentPlace(after)) return this.#afterInParent(sessionId, after, limit);
    if (after < 0) {
      return this.#options.readPage({ path: this.requireTranscript(sessionId), sessionId, place: { after }, limit });
    }
    const join = await this.#joins.reachedBy(sessionId, after);
    // One more than asked for tells whether there is more.
    const from = join === null ? after : Math.max(after, join.keptSeq - 1);
    const items = this.#options.kept.after(sessionId, from, limit + 1);
    const hasOlder = after > 0 || join !== null;
    return { items: items.slice(0, limit), hasOlder, hasNewer: items.length > limit };
  }

  async #before({ sessionId, limit }: RequestParams<"sessions.events">, before: number): Promise<EventPage> {
    if (isParentPlace(before)) return this.#inParent(this.#fork(sessionId), { before: fromParentPlace(before) }, limit);
    if (before < 0) {
      return this.#options.readPage({ path: this.requireTranscript(sessionId), sessionId, place: { before }, limit });
    }
    const takenOver = takeOverIn(this.#options.kept.after(sessionId, before - 1, 1)[0]);
    if (takenOver?.seq !== before) return this.#beforeInKept(sessionId, before, limit);
    const place = { before: transcriptSeq(takenOver.data.history.bytes) };
    if (takenOver.data.history.sessionId !== sessionId) return this.#inParent(takenOver, place, limit);
    const path = this.requireTranscript(sessionId);
    return { ...(await this.#options.readPage({ path, sessionId, place, limit })), hasNewer: true };
  }

  /** Back to where another process said something, or on into the transcript where older events are not kept any more. */
  async #beforeInKept(sessionId: string, before: number, limit: number): Promise<EventPage> {
    const page = cutAtTakeOver({ ...this.#options.kept.newest(sessionId, limit, before), hasNewer: true });
    const [first] = page.items;
    if (takeOverIn(first) !== null) return page;
    const join = await this.#joins.reachedBy(sessionId, first?.seq ?? 0);
    if (join === null) return page;
    const items = page.items.filter(({ seq }) => seq >= join.keptSeq);
    if (items.length > 0) return { items, hasOlder: true, hasNewer: true };
    const path = this.requireTranscript(sessionId);
    const place = { before: join.transcriptSeq };
    return { ...(await this.#options.readPage({ path, sessionId, place, limit })), hasNewer: true };
  }

  /** A page of what a fork was copied from; what is kept of the fork itself follows it. */
  async #inParent(fork: TakeOver, place: { before: number } | { after: number }, limit: number): Promise<EventPage> {
    const { history } = fork.data;
    const path = this.requireTranscript(history.sessionId);
    const { sessionId } = fork;
    const page = await this.#options.readPage({ path, sessionId, place, limit, until: history.bytes });
    return { items: withParentPlaces(page.items), hasOlder: page.hasOlder, hasNewer: true };
  }

  async #afterInParent(sessionId: string, after: number, limit: number): Promise<EventPage> {
    const fork = this.#fork(sessionId);
    const { items, hasOlder } = await this.#inParent(fork, { after: fromParentPlace(after) }, limit);
    const rest = limit - items.length;
    const kept = this.#options.kept.after(sessionId, fork.seq - 1, rest + 1);
    return { items: [...items, ...kept.slice(0, rest)], hasOlder, hasNewer: kept.length > rest };
  }

  async #seekFromParent({ sessionId, mark, direction }: RequestParams<"sessions.seek">, from: number) {
    const { kept, seekMark } = this.#options;
    const fork = this.#fork(sessionId);
    const { history } = fork.data;
    const path = this.requireTranscript(history.sessionId);
    const seq = await seekMark({ path, mark, direction, from: fromParentPlace(from) });
    if (seq !== null && seq < transcriptSeq(history.bytes)) return toParentPlace(seq);
    if (direction === "previous") return null;
    return (await seekKept(kept, { sessionId, mark, direction, from: fork.seq }, () => false)).seq;
  }

  /** How the fork began. @throws RequestError `transcript_missing` when that is not kept any more. */
  #fork(sessionId: string): TakeOver {
    const first = takeOverIn(this.#options.kept.after(sessionId, 0, 1)[0]);
    if (first !== null && first.data.history.sessionId !== sessionId) return first;
    throw new RequestError("transcript_missing", "What this session was forked from is not known any more.");
  }
}

type Created = EventOf<"session.created">;
type History = NonNullable<Created["data"]["history"]>;
type TakeOver = Created & { readonly data: { readonly history: History } };

const LIFECYCLE: ReadonlySet<string> = new Set(["session.created", "process.started", "process.exited"]);

function takeOverIn(event: SessionEvent | undefined): TakeOver | null {
  return event !== undefined && isTakeOver(event) ? event : null;
}

function isTakeOver(event: SessionEvent): event is TakeOver {
  return event.type === "session.created" && event.data.history !== null;
}

/** What was kept before the session went on elsewhere is only the beginning of what the transcript holds. */
function cutAtTakeOver(page: EventPage): EventPage {
  const at = page.items.findLastIndex((event) => takeOverIn(event) !== null);
  return at === -1 ? page : { ...page, items: page.items.slice(at), hasOlder: true };
}
