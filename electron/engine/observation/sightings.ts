/**
 * Owns the list's truth about sessions that this host does not run: who has them open, and what their transcripts tell.
 * Knows nothing about files, SQL or processes beyond what is handed in.
 * Invariants: a change is told once, and only when the summary is another one; of an owned session only the
 * transcript's facts are told; the host's own children are never taken for somebody else's processes.
 */
import { isDeepStrictEqual } from "node:util";
import type { EventDraft } from "../../../shared/model/event.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import type { TokenUsage } from "../../../shared/model/usage.ts";
import type { LiveEntry } from "../discovery/believedEntries.ts";
import type { TranscriptActivity } from "../discovery/classifyTranscript.ts";
import type { SessionFacts } from "../transcripts/sessionFacts.ts";
import type { DirectoryPlace } from "./directoryPlaces.ts";
import { placedSummary } from "./placedSummary.ts";
import { sightedSummary, transcriptFacts } from "./sightedSummary.ts";
import type { FoundProcess } from "./unregisteredSessions.ts";

/** What the index over transcripts knows of one session. */
export interface IndexedSession {
  readonly facts: SessionFacts;
  /** The tokens of its messages, each counted once; null when none told any. */
  readonly usage: TokenUsage | null;
}

/** A child of this host, as it registers itself. */
interface OwnChild {
  /** Null when it could not be read: then the pid alone tells. */
  readonly startIdentity: string | null;
  /** Whether the registry has told of it. */
  readonly wasListed: boolean;
}

export interface SightingsOptions {
  readonly directory: {
    readonly get: (sessionId: string) => SessionSummary | undefined;
    readonly isKept: (sessionId: string) => boolean;
    readonly begin: (summary: SessionSummary) => void;
  };
  readonly indexed: (sessionId: string) => IndexedSession | null;
  /** What the end of a live session's transcript says it is doing. */
  readonly activityOf: (sessionId: string) => TranscriptActivity;
  /** What is known of a directory that a session asks for; null while nothing is. */
  readonly placeOf: (path: string, sessionId: string) => DirectoryPlace | null;
  /** What a person labelled the session with. */
  readonly labelOf: (sessionId: string) => string | null;
  readonly emit: (sessionId: string, draft: EventDraft) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What one stretch of work may take: between two of them the host reads from its children. */
const SLICE_MS = 4;

export class Sightings {
  readonly #options: SightingsOptions;
  readonly #live = new Map<string, LiveEntry>();
  /** Open in a process that is in no registry. */
  readonly #found = new Map<string, FoundProcess>();
  /** Children of this host, by pid, until the registry has forgotten them. */
  readonly #children = new Map<number, OwnChild>();
  /** Sessions that are to be looked at; false when only of their directories more is known. */
  readonly #waiting = new Map<string, boolean>();
  #isPlanned = false;

  constructor(options: SightingsOptions) {
    this.#options = options;
  }

  /** The process of somebody else that has the session open, as the registry tells, or null. */
  live(sessionId: string): LiveEntry | null {
    return this.#live.get(sessionId) ?? null;
  }

  /** The sessions that somebody else's processes have open. */
  get liveSessionIds(): readonly string[] {
    return [...new Set([...this.#live.keys(), ...this.#found.keys()])];
  }

  /** Takes in what an earlier run's index knows of a session; only while the engine starts. */
  begin(sessionId: string, indexed: IndexedSession): void {
    const { directory } = this.#options;
    const summary = this.#summaryOf(sessionId, indexed);
    if (summary !== null) directory.begin(summary);
  }

  /** Takes in all live entries of the registry; answers the sessions that have none any more. */
  takeRegistry(entries: readonly LiveEntry[]): readonly string[] {
    const before = new Map(this.#live);
    this.#live.clear();
    for (const entry of entries) {
      if (!this.#isChild(entry)) this.#live.set(entry.sessionId, newer(this.#live.get(entry.sessionId), entry));
    }
    this.#forgetChildren(new Set(entries.map(({ pid }) => pid)));
    this.#lookNow([...new Set([...before.keys(), ...this.#live.keys()])]);
    return [...before.keys()].filter((sessionId) => !this.#live.has(sessionId));
  }

  /** Takes in all processes that were found without an entry of the registry. */
  takeFound(found: readonly FoundProcess[]): void {
    const before = [...this.#found.keys()];
    this.#found.clear();
    for (const process of found) this.#found.set(process.sessionId, process);
    this.#lookNow([...new Set([...before, ...this.#found.keys()])]);
  }

  /** A child of this host was spawned: it registers itself as any claude process does. */
  noteChild(pid: number, startIdentity: string | null): void {
    this.#children.set(pid, { startIdentity, wasListed: false });
  }

  /** Whether everything that changed has been told. */
  get isUpToDate(): boolean {
    return this.#waiting.size === 0;
  }

  /** Looks at sessions again of which the transcript changed; soon, a little at a time. */
  look(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) this.#waiting.set(sessionId, true);
    this.#plan();
  }

  /** The directories of these sessions are others than they were said to be; told as soon as `look` would. */
  place(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) if (!this.#waiting.has(sessionId)) this.#waiting.set(sessionId, false);
    this.#plan();
  }

  #plan(): void {
    if (this.#isPlanned || this.#waiting.size === 0) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      const until = performance.now() + SLICE_MS;
      for (const [sessionId, isWhole] of this.#waiting) {
        this.#waiting.delete(sessionId);
        if (isWhole) this.#lookAt(sessionId);
        else this.#placeAnew(sessionId);
        if (performance.now() >= until) break;
      }
      this.#plan();
    });
  }

  #lookNow(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) this.#lookAt(sessionId);
  }

  #lookAt(sessionId: string): void {
    const { directory, emit, indexed } = this.#options;
    const before = directory.get(sessionId);
    const known = indexed(sessionId);
    const isLeft = (known === null || known.facts.isGone) && !this.#isOpen(sessionId);
    if (isLeft && before !== undefined && !directory.isKept(sessionId)) {
      emit(sessionId, { type: "session.forgotten", data: {} });
      return;
    }
    const summary = this.#summaryOf(sessionId, known);
    if (summary !== null) this.#tell(before, summary);
  }

  #placeAnew(sessionId: string): void {
    const before = this.#options.directory.get(sessionId);
    if (before !== undefined) this.#tell(before, this.#placed(before));
  }

  #tell(before: SessionSummary | undefined, summary: SessionSummary): void {
    if (isDeepStrictEqual(summary, before)) return;
    this.#options.emit(summary.sessionId, { type: "session.sighted", data: { summary } });
  }

  #placed(summary: SessionSummary): SessionSummary {
    return placedSummary(summary, (path) => this.#options.placeOf(path, summary.sessionId));
  }

  #summaryOf(sessionId: string, indexed: IndexedSession | null): SessionSummary | null {
    const summary = this.#unplaced(sessionId, indexed);
    return summary === null ? null : this.#placed(summary);
  }

  #unplaced(sessionId: string, indexed: IndexedSession | null): SessionSummary | null {
    const { directory, activityOf, labelOf } = this.#options;
    const shown = directory.get(sessionId);
    const known = indexed === null || indexed.facts.isGone ? null : indexed;
    if (shown?.owner === "owned") {
      return known === null ? shown : { ...shown, facts: transcriptFacts(known.facts, known.usage) };
    }
    // Of somebody else's session the transcript tells all: the list is the same after the next start of the host.
    const shownBefore = known === null || directory.isKept(sessionId) ? shown : undefined;
    // What a transcript called its session outlives it. The title that is stored here may be an older one.
    const goneTitle = known === null ? (indexed?.facts.title ?? null) : null;
    const before = shownBefore === undefined || goneTitle === null ? shownBefore : { ...shownBefore, title: goneTitle };
    const live = this.live(sessionId);
    const process = this.#found.get(sessionId) ?? null;
    const facts = known?.facts ?? null;
    const activity = this.#isOpen(sessionId) ? activityOf(sessionId) : { kind: "unknown" as const };
    const usage = known?.usage ?? null;
    const label = labelOf(sessionId);
    const nowMs = this.#options.now();
    return sightedSummary({ sessionId, before, facts, usage, live, process, activity, label, nowMs });
  }

  #isOpen(sessionId: string): boolean {
    return this.#live.has(sessionId) || this.#found.has(sessionId);
  }

  #isChild({ pid, startIdentity }: LiveEntry): boolean {
    const child = this.#children.get(pid);
    if (child === undefined) return false;
    return child.startIdentity === null || child.startIdentity === startIdentity;
  }

  #forgetChildren(listed: ReadonlySet<number>): void {
    for (const [pid, child] of this.#children) {
      if (listed.has(pid)) this.#children.set(pid, { ...child, wasListed: true });
      else if (child.wasListed) this.#children.delete(pid);
    }
  }
}

/** Two terminals may have resumed one session: the one that did something last stands for it. */
function newer(one: LiveEntry | undefined, other: LiveEntry): LiveEntry {
  if (one === undefined) return other;
  return (one.statusUpdatedAt ?? 0) > (other.statusUpdatedAt ?? 0) ? one : other;
}
