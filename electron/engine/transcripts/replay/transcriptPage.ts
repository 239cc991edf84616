/**
 * Owns: pages of a transcript's events, from any place, without reading the rest of the file.
 * Knows nothing about: where the file is, kept events, clients.
 * Invariant: how a transcript is cut into pages never shows in its events: each event and its place follow from its
 * record, and its time from its record or the nearest earlier one that has a time.
 */
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { mapRecord } from "./mapRecord.ts";
import { endBefore, startAfter } from "./places.ts";
import { endOfLines } from "./readLines.ts";
import { recordsBackward, recordsForward } from "./readRecords.ts";
import { FoundEvents, type RecordFacts } from "./foundEvents.ts";
import { placed, timeOf } from "./recordEvents.ts";
import { type TranscriptFile, withTranscript } from "./transcriptFile.ts";
import type { TranscriptRecord } from "./transcriptRecord.ts";
import { placeOfSeq } from "./transcriptSeq.ts";

/** Where a page is: before or after a `seq`, or at the end. */
export type TranscriptPlace = { readonly before: number } | { readonly after: number } | "end";

export interface TranscriptPageOptions {
  readonly path: string;
  readonly sessionId: string;
  readonly place: TranscriptPlace;
  /** Events at most; one record's events that share a place stay together. */
  readonly limit: number;
  /** Characters at most, roughly; a page holds at least one event. */
  readonly maxSize?: number | undefined;
  /** Only what stands before this place of the file, in bytes. */
  readonly until?: number | undefined;
  /** The call that started the sub-agent whose file this is. */
  readonly parentToolUseId?: string | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface TranscriptPage {
  /** Oldest first. */
  readonly items: readonly SessionEvent[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** Where the last whole line that was looked at ends, in bytes: reading goes on there. */
  readonly endOffset: number;
}

export type ReadTranscriptPage = (options: TranscriptPageOptions) => Promise<TranscriptPage>;

/** Reads a page. @throws RequestError `transcript_missing` when the file is gone or another one by now. */
export function readTranscriptPage(options: TranscriptPageOptions): Promise<TranscriptPage> {
  return withTranscript(options.path, (file) => {
    const { place } = options;
    const window: Window = { ...options, file, end: Math.min(options.until ?? file.size, file.size) };
    return typeof place === "object" && "after" in place ? pageAfter(window, place.after) : pageBefore(window, place);
  });
}

interface Window extends TranscriptPageOptions {
  readonly file: TranscriptFile;
  /** Nothing at or after this place is read. */
  readonly end: number;
}

async function pageAfter(window: Window, after: number): Promise<TranscriptPage> {
  const { file, end, limit, maxSize, signal } = window;
  const from = Math.min(await startAfter(file, after), end);
  const found = new FoundEvents({ limit, maxSize, side: "oldest" });
  let endOffset = from;
  // A place in the middle of the file must be a line's; the end of the file may be that of an incomplete one.
  for await (const record of from < end ? recordsForward(file, from, end, { signal }) : []) {
    found.add(factsOf(window, record, ({ seq }) => seq > after));
    if (found.hasMore) break;
    ({ endOffset } = record);
  }
  const items = await dated(window, found.groups);
  const hasOlder = await hasEventBefore(window, items[0]?.seq ?? Number.POSITIVE_INFINITY);
  return { items, hasOlder, hasNewer: found.hasMore, endOffset };
}

async function pageBefore(window: Window, place: { readonly before: number } | "end"): Promise<TranscriptPage> {
  const { file, end, limit, maxSize, signal } = window;
  const before = place === "end" ? Number.POSITIVE_INFINITY : place.before;
  const start = Math.min(await endBefore(file, before), end);
  const endOffset = await endOfLines(file, start);
  const found = new FoundEvents({ limit, maxSize, side: "newest" });
  for await (const record of recordsBackward(file, endOffset, { signal })) {
    found.add(factsOf(window, record, ({ seq }) => seq < before));
    if (found.hasMore) break;
  }
  const items = await dated(window, found.groups.toReversed());
  const hasNewer = place === "end" ? false : await hasEventFrom(window, before);
  return { items, hasOlder: found.hasMore, hasNewer, endOffset };
}

function factsOf(
  window: Window,
  { offset, record }: TranscriptRecord,
  isWanted: (event: SessionEvent) => boolean,
): RecordFacts {
  const at = timeOf(record);
  const { sessionId, parentToolUseId } = window;
  const events = placed(mapRecord(record, parentToolUseId ?? null), { sessionId, offset, at });
  return { offset, at, events: events.filter(isWanted) };
}

/** Gives events of records without a time that of the nearest earlier record that has one. `groups`: oldest first. */
async function dated(window: Window, groups: readonly RecordFacts[]): Promise<readonly SessionEvent[]> {
  const first = groups[0];
  if (first === undefined) return [];
  let at = first.at ?? (await timeBefore(window, first.offset));
  return groups.flatMap((group) => {
    at = group.at ?? at;
    const known = at;
    return group.at !== null || known === null ? group.events : group.events.map((event) => ({ ...event, at: known }));
  });
}

async function timeBefore({ file, signal }: Window, offset: number): Promise<string | null> {
  for await (const { record } of recordsBackward(file, offset, { signal })) {
    const at = timeOf(record);
    if (at !== null) return at;
  }
  return null;
}

async function hasEventBefore(window: Window, before: number): Promise<boolean> {
  const start = Math.min(await endBefore(window.file, before), window.end);
  for await (const record of recordsBackward(window.file, start, { signal: window.signal })) {
    if (factsOf(window, record, ({ seq }) => seq < before).events.length > 0) return true;
  }
  return false;
}

async function hasEventFrom(window: Window, from: number): Promise<boolean> {
  const offset = placeOfSeq(from)?.offset ?? window.end;
  if (offset >= window.end) return false;
  for await (const record of recordsForward(window.file, offset, window.end, { signal: window.signal })) {
    if (factsOf(window, record, ({ seq }) => seq >= from).events.length > 0) return true;
  }
  return false;
}
