/**
 * Owns: writing a session out, part by part, sub-agents nested at the calls that started them.
 * Invariants: nothing is remembered between two parts but the cursor; a part is bounded; the parts in order, joined, are
 * the file, and it ends where the transcript ended when the first part was made.
 */
import { setImmediate } from "node:timers/promises";
import { RequestError } from "../../../../shared/contract/errors.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { endOfLines } from "../replay/readLines.ts";
import { findSubagents, type Subagents } from "../replay/subagentFile.ts";
import { withTranscript } from "../replay/transcriptFile.ts";
import { readTranscriptPage } from "../replay/transcriptPage.ts";
import { placeOfSeq, transcriptSeq } from "../replay/transcriptSeq.ts";
import { decodeCursor, encodeCursor, type ExportCursor, MAX_DEPTH } from "./exportCursor.ts";
import type { ExportWriter } from "./exportWriter.ts";
import { htmlWriter } from "./htmlWriter.ts";
import { jsonWriter } from "./jsonWriter.ts";
import { markdownWriter } from "./markdownWriter.ts";
import { plainLine } from "./plainText.ts";

/** A part is done once it is this long: a client shows progress between two, and can stop there. */
const PART_CHARACTERS = 1024 * 1024;

/** What is read in one piece; a part is over its length by one of these at most. */
const PAGE_EVENTS = 200;
const PAGE_SIZE = 256 * 1024;

/** How long the event loop may wait for a piece of work. */
const MAX_STEP_MS = 4;

/** Before the first event of any file. */
const BEGINNING = transcriptSeq(0) - 1;

export type ExportFormat = "markdown" | "html" | "json";

const writers: Readonly<Record<ExportFormat, ExportWriter>> = {
  markdown: markdownWriter,
  html: htmlWriter,
  json: jsonWriter,
};

export interface ExportOptions {
  readonly path: string;
  readonly sessionId: string;
  readonly title: string;
  readonly format: ExportFormat;
  /** `nextCursor` of the part before; null for the first. */
  readonly cursor: string | null;
  readonly signal?: AbortSignal | undefined;
}

export interface ExportedPart {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
  /** Bytes of the session's transcript, sub-agents' files not counted. */
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** Null with the last part. */
  readonly nextCursor: string | null;
}

/** Makes the next part. @throws RequestError `transcript_missing`, `bad_request` for a cursor that is none. */
export async function exportPart(options: ExportOptions): Promise<ExportedPart> {
  const writer = writers[options.format];
  const cursor = options.cursor === null ? await firstCursor(options.path) : decodeCursor(options.cursor);
  const subagents = await findSubagents(options.path);
  const part = new Part({ options, writer, cursor, subagents });
  if (options.cursor === null) part.text = writer.begin(options);
  while (!part.isDone && part.text.length < PART_CHARACTERS) await part.writeNext();
  if (part.isDone) part.text += writer.end();
  return {
    fileName: `${fileNameOf(options)}.${writer.extension}`,
    mediaType: writer.mediaType,
    text: part.text,
    bytesDone: part.bytesDone,
    bytesTotal: cursor.until,
    nextCursor: part.isDone ? null : encodeCursor(part.cursor),
  };
}

async function firstCursor(path: string): Promise<ExportCursor> {
  const until = await withTranscript(path, (file) => endOfLines(file, file.size));
  return { until, isBegun: false, open: [{ call: null, after: BEGINNING }] };
}

interface PartOptions {
  readonly options: ExportOptions;
  readonly writer: ExportWriter;
  readonly cursor: ExportCursor;
  readonly subagents: Subagents;
}

/** A part while it is written: its text, and how far the export is. */
class Part {
  text = "";
  readonly #options: PartOptions;
  #open: ExportCursor["open"];
  #isBegun: boolean;

  constructor(options: PartOptions) {
    this.#options = options;
    this.#open = options.cursor.open;
    this.#isBegun = options.cursor.isBegun;
  }

  get isDone(): boolean {
    return this.#open.length === 0;
  }

  get cursor(): ExportCursor {
    return { until: this.#options.cursor.until, isBegun: this.#isBegun, open: this.#open };
  }

  get bytesDone(): number {
    const { until } = this.#options.cursor;
    const main = this.#open[0];
    return main === undefined ? until : Math.min(until, placeOfSeq(main.after)?.offset ?? until);
  }

  /** Writes the next piece of the innermost open file, and opens or closes a sub-agent's file where that is due. */
  async writeNext(): Promise<void> {
    const innermost = this.#open.at(-1);
    if (innermost === undefined) return;
    const outer = this.#open.slice(0, -1);
    const { items, hasNewer } = await this.#page(innermost);
    const at = outer.length < MAX_DEPTH ? items.findIndex((event) => this.#subagentOf(event) !== null) : -1;
    const written = at === -1 ? items : items.slice(0, at + 1);
    await this.#write(written, outer.length);
    const call = at === -1 ? null : this.#subagentOf(items[at]);
    const isRead = at === -1 && !hasNewer;
    this.#open = isRead ? outer : [...outer, { ...innermost, after: written.at(-1)?.seq ?? innermost.after }];
    if (isRead && innermost.call !== null) this.text += this.#options.writer.endSubagent(outer.length);
    if (call === null) return;
    this.text += this.#options.writer.beginSubagent(outer.length + 1);
    this.#open = [...this.#open, { call, after: BEGINNING }];
  }

  async #write(events: readonly SessionEvent[], depth: number): Promise<void> {
    let begun = performance.now();
    for (const piece of this.#options.writer.events(events, depth, !this.#isBegun)) {
      this.text += piece;
      if (performance.now() - begun < MAX_STEP_MS) continue;
      await setImmediate();
      begun = performance.now();
    }
    this.#isBegun ||= events.length > 0;
  }

  async #page({ call, after }: ExportCursor["open"][number]): ReturnType<typeof readTranscriptPage> {
    const { options, cursor, subagents } = this.#options;
    const { sessionId, signal } = options;
    const path = call === null ? options.path : subagents.byCall.get(call);
    if (path === undefined) throw new RequestError("transcript_missing", "A sub-agent's transcript is gone by now.");
    const bounds = { limit: PAGE_EVENTS, maxSize: PAGE_SIZE, until: call === null ? cursor.until : undefined };
    return readTranscriptPage({ path, sessionId, place: { after }, parentToolUseId: call, signal, ...bounds });
  }

  /** The call's id when it started a sub-agent whose events are not open already. */
  #subagentOf(event: SessionEvent | undefined): string | null {
    if (event?.type !== "tool.called") return null;
    const { toolUseId } = event.data;
    const isOpen = this.#open.some(({ call }) => call === toolUseId);
    return this.#options.subagents.byCall.has(toolUseId) && !isOpen ? toolUseId : null;
  }
}

/** Characters of a file's name that come from its title: file systems allow few more. */
const MAX_NAME_CHARACTERS = 60;

function fileNameOf({ title, sessionId }: ExportOptions): string {
  const words = plainLine(title)
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "")
    .slice(0, MAX_NAME_CHARACTERS)
    .toWellFormed();
  const id = sessionId.replaceAll(/[^\w-]/gu, "").slice(0, 8);
  return words === "" ? `session-${id}` : `${words}-${id}`;
}
