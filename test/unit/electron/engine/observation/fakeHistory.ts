import { SessionHistory } from "../../../../../electron/engine/observation/sessionHistory.ts";
import type { SessionHistoryOptions } from "../../../../../electron/engine/observation/sessionHistory.ts";
import { RequestError } from "../../../../../shared/contract/errors.ts";
import { transcriptSeq } from "../../../../../electron/engine/transcripts/replay/transcriptSeq.ts";
import type { EventDraft, SessionEvent } from "../../../../../shared/model/event.ts";
import type { RequestParams } from "../../../../../shared/contract/requests.ts";
import { aSession } from "../../../../support/builders.ts";
import { AT_MS } from "./observationFixture.ts";

/** Bytes of a record in these transcripts. */
const RECORD_BYTES = 100;

/** A second between any two things that happen. */
const STEP_MS = 1_000;

interface FakeTranscript {
  readonly path: string;
  /** What each record says; null says nothing that is shown. What begins with `call` calls a tool by that id. */
  readonly records: (string | null)[];
  lastActivityMs: number;
}

/**
 * Sessions that go to and fro between this host and others, with all that is kept of them: what was said here is in the
 * kept events and in the transcript, what was said elsewhere in the transcript alone.
 */
export class FakeHistory {
  readonly history: SessionHistory;
  #kept: SessionEvent[] = [];
  readonly #transcripts = new Map<string, FakeTranscript>();
  readonly #owners = new Map<string, "owned" | "observed" | "none">();
  readonly sought: unknown[] = [];
  #now = AT_MS;
  #seq = 0;

  constructor(differences: Partial<SessionHistoryOptions> = {}) {
    this.history = new SessionHistory({
      kept: {
        newest: (sessionId, limit, before = Number.MAX_SAFE_INTEGER) => {
          const all = this.#kept.filter((event) => event.sessionId === sessionId && event.seq < before);
          return { items: all.slice(-limit), hasOlder: all.length > limit };
        },
        after: (sessionId, after, limit) =>
          this.#kept.filter((event) => event.sessionId === sessionId && event.seq > after).slice(0, limit),
      },
      session: (sessionId) => aSession({ sessionId, owner: this.#owners.get(sessionId) ?? "none" }),
      transcriptOf: (sessionId) => this.#transcripts.get(sessionId) ?? null,
      readPage: async (options) => this.#readPage(options),
      readSubagentPage: async () => ({ items: [], hasOlder: false, hasNewer: false, endOffset: 0 }),
      seekMark: async (options) => {
        this.sought.push(options);
        return null;
      },
      findJoinMark: async (path, { data }) => {
        const transcript = [...this.#transcripts.values()].find((one) => one.path === path);
        const index = transcript?.records.indexOf(data.toolUseId) ?? -1;
        return index === -1 ? null : transcriptSeq(index * RECORD_BYTES);
      },
      findOutermostCall: async () => null,
      ...differences,
    });
  }

  /** Sessions are begun, resumed and forked here as the engine does it. */
  begin(sessionId: string, { forkOf }: { readonly forkOf?: string } = {}): void {
    const from = forkOf ?? sessionId;
    const transcript = this.#transcripts.get(from);
    const isWholeHere = forkOf === undefined && !this.#goesOnElsewhere(sessionId);
    const history =
      transcript === undefined || isWholeHere
        ? null
        : { sessionId: from, bytes: transcript.records.length * RECORD_BYTES };
    this.#owners.set(sessionId, "owned");
    this.keep(sessionId, {
      type: "session.created",
      data: {
        projectPath: "/p",
        title: "t",
        origin: forkOf === undefined ? "resumed" : "forked",
        parentSessionId: forkOf ?? null,
        ...{ model: null, permissionMode: null, gitBranch: null },
        history,
      },
    });
    // The copy has a record of its own before those that were copied, so that nothing stands where it stood.
    if (forkOf !== undefined) this.#transcript(sessionId).records.push(null, ...(transcript?.records ?? []));
  }

  end(sessionId: string): void {
    const exit = { pid: 1, exitCode: 0, signal: null, expected: true, reason: null, stderrTail: "" };
    this.keep(sessionId, { type: "process.exited", data: exit });
    this.keep(sessionId, { type: "session.activityChanged", data: { activity: { kind: "ended", exitCode: 0 } } });
    this.#owners.set(sessionId, "none");
  }

  /** The host is gone before it could tell of the end of its child. */
  endUnseen(sessionId: string): void {
    this.#owners.set(sessionId, "none");
  }

  setOwner(sessionId: string, owner: "observed" | "none"): void {
    this.#owners.set(sessionId, owner);
  }

  sayHere(sessionId: string, text: string): void {
    this.keep(sessionId, { type: "user.textAdded", data: saidBy(text, "payload") });
    this.sayElsewhere(sessionId, text);
  }

  /** A tool is called in a session of this host. */
  callHere(sessionId: string, toolUseId: string): void {
    this.keep(sessionId, called(toolUseId));
    this.sayElsewhere(sessionId, toolUseId);
  }

  /** Only the newest events are kept from now on. */
  trim(sessionId: string, keep: number): void {
    const own = this.#kept.filter((event) => event.sessionId === sessionId);
    const gone = new Set(own.slice(0, Math.max(0, own.length - keep)));
    this.#kept = this.#kept.filter((event) => !gone.has(event));
  }

  sayElsewhere(sessionId: string, text: string): void {
    const transcript = this.#transcript(sessionId);
    transcript.records.push(text);
    transcript.lastActivityMs = this.#now;
  }

  keep(sessionId: string, draft: EventDraft): SessionEvent {
    this.#seq += 1;
    this.#now += STEP_MS;
    const event: SessionEvent = { ...draft, sessionId, seq: this.#seq, at: new Date(this.#now).toISOString() };
    this.#kept.push(event);
    return event;
  }

  wait(milliseconds: number): void {
    this.#now += milliseconds;
  }

  loseTranscript(sessionId: string): void {
    this.#transcripts.delete(sessionId);
  }

  /** What is said on all pages, from the end to the beginning, in order; page sizes as they are asked for. */
  async pagesBack(sessionId: string, sizes: () => number): Promise<readonly SessionEvent[]> {
    let page = await this.history.page(asked(sessionId, sizes()));
    const all = [page.items];
    while (page.hasOlder) {
      const first = all.flat()[0];
      page = await this.history.page({ ...asked(sessionId, sizes()), before: first?.seq ?? 0 });
      all.unshift(page.items);
    }
    return all.flat();
  }

  async pagesOn(sessionId: string, from: number, sizes: () => number): Promise<readonly SessionEvent[]> {
    const all: SessionEvent[] = [];
    for (;;) {
      const after = all.at(-1)?.seq ?? from;
      const page = await this.history.page({ ...asked(sessionId, sizes()), after });
      all.push(...page.items);
      if (!page.hasNewer) return all;
    }
  }

  #transcript(sessionId: string): FakeTranscript {
    const known = this.#transcripts.get(sessionId);
    if (known !== undefined) return known;
    const made: FakeTranscript = { path: `/${sessionId}.jsonl`, records: [], lastActivityMs: this.#now };
    this.#transcripts.set(sessionId, made);
    return made;
  }

  #goesOnElsewhere(sessionId: string): boolean {
    return this.history.goesOnElsewhere(sessionId, this.#transcript(sessionId).lastActivityMs);
  }

  #readPage({ path, sessionId, place, limit, until }: Parameters<SessionHistoryOptions["readPage"]>[0]) {
    const transcript = [...this.#transcripts.values()].find((one) => one.path === path);
    if (transcript === undefined) throw new RequestError("transcript_missing", "gone");
    const within = transcript.records.flatMap((text, index): SessionEvent[] => {
      const offset = index * RECORD_BYTES;
      if (text === null || offset >= (until ?? Number.POSITIVE_INFINITY)) return [];
      const draft: EventDraft = text.startsWith("call")
        ? called(text)
        : { type: "user.textAdded", data: saidBy(text, "person") };
      return [{ ...draft, sessionId, seq: transcriptSeq(offset), at: "2026-11-20T20:00:00.000Z" }];
    });
    if (typeof place === "object" && "after" in place) {
      const left = within.filter(({ seq }) => seq > place.after);
      const hasOlder = left.length < within.length;
      return { items: left.slice(0, limit), hasOlder, hasNewer: left.length > limit, endOffset: 0 };
    }
    const left = place === "end" ? within : within.filter(({ seq }) => seq < place.before);
    return {
      items: left.slice(-limit),
      hasOlder: left.length > limit,
      hasNewer: left.length < within.length,
      endOffset: 0,
    };
  }
}

/** What a person sees of the events: the words and the calls, in order. */
export function wordsIn(events: readonly SessionEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === "tool.called") return [event.data.toolUseId];
    return event.type === "user.textAdded" ? [event.data.text] : [];
  });
}

export function asked(sessionId: string, limit: number): RequestParams<"sessions.events"> {
  return { sessionId, limit };
}

function saidBy(text: string, origin: "payload" | "person") {
  return { messageId: null, text, payloadId: null, origin, parentToolUseId: null } as const;
}

function called(toolUseId: string): EventDraft {
  const data = { toolUseId, messageId: "msg_1", name: "Bash", input: {}, parentToolUseId: null };
  return { type: "tool.called", data };
}
