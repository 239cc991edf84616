/**
 * Owns where the kept events of a session join its transcript when the oldest of them were trimmed: the transcript still
 * has what they told. Knows nothing about pages.
 * Invariant: what is kept from the join on and what the transcript holds before it are the whole session, nothing twice.
 */
import { RequestError } from "../../../shared/contract/errors.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";
import { findCall } from "../transcripts/replay/findCall.ts";
import type { KeptEvents } from "./sessionHistory.ts";

/** The same moment in both. */
export interface HistoryJoin {
  /** The kept event from which on what is kept is shown. */
  readonly keptSeq: number;
  /** The place in the transcript before which it is read. */
  readonly transcriptSeq: number;
}

/** A thing that stands once in what is kept and once in the transcript. */
export type JoinMark = Extract<SessionEvent, { readonly type: "tool.called" }>;

/** Finds a mark in a transcript: its place, or null. @throws RequestError `transcript_missing`. */
export type FindJoinMark = (path: string, mark: JoinMark) => Promise<number | null>;

export interface HistoryJoinsOptions {
  readonly kept: KeptEvents;
  readonly transcriptOf: (sessionId: string) => { readonly path: string } | null;
  readonly findMark: FindJoinMark;
}

/** The oldest kept events among which the join is looked for: between two of a turn's tool calls are far fewer. */
const LOOKED_AT = 500;

/** Sessions of which it is remembered: reading what is kept of one in its transcript takes some tenths of a second. */
const MAX_REMEMBERED = 50;

interface Beginning {
  /** The oldest kept event: when that is another one, more was trimmed. */
  readonly oldest: number;
  readonly mark: JoinMark | null;
  /** Null until somebody reads as far as that. */
  join: Promise<HistoryJoin | null> | null;
}

export class HistoryJoins {
  readonly #options: HistoryJoinsOptions;
  readonly #beginnings = new Map<string, Beginning>();

  constructor(options: HistoryJoinsOptions) {
    this.#options = options;
  }

  /**
   * Where a page of kept events ends that reaches this event or starts before it. Null where it does not reach the join,
   * and where there is none: nothing was trimmed, the transcript is gone, or the two have nothing in common.
   */
  async reachedBy(sessionId: string, seq: number): Promise<HistoryJoin | null> {
    const beginning = this.#beginning(sessionId);
    if (beginning === null || beginning.mark === null || seq > beginning.mark.seq) return null;
    beginning.join ??= this.#find(sessionId, beginning.mark);
    return beginning.join;
  }

  async #find(sessionId: string, mark: JoinMark): Promise<HistoryJoin | null> {
    const path = this.#options.transcriptOf(sessionId)?.path;
    if (path === undefined) return null;
    try {
      const place = await this.#options.findMark(path, mark);
      return place === null ? null : { keptSeq: mark.seq, transcriptSeq: place };
    } catch (error) {
      // What is kept is shown as far as it goes.
      if (error instanceof RequestError) return null;
      throw error;
    }
  }

  #beginning(sessionId: string): Beginning | null {
    const { kept } = this.#options;
    const [oldest] = kept.after(sessionId, 0, 1);
    // What is kept of a session begins with how it was begun, unless that was trimmed.
    if (oldest === undefined || oldest.type === "session.created") return null;
    const known = this.#beginnings.get(sessionId);
    if (known?.oldest === oldest.seq) return known;
    const mark = kept.after(sessionId, 0, LOOKED_AT).find(isMark) ?? null;
    const beginning: Beginning = { oldest: oldest.seq, mark, join: null };
    this.#beginnings.delete(sessionId);
    this.#beginnings.set(sessionId, beginning);
    for (const first of this.#beginnings.keys()) {
      if (this.#beginnings.size <= MAX_REMEMBERED) break;
      this.#beginnings.delete(first);
    }
    return beginning;
  }
}

/** A sub-agent's calls stand in a file of their own. */
function isMark(event: SessionEvent): event is JoinMark {
  return event.type === "tool.called" && event.data.parentToolUseId === null;
}

/** From the end: what is kept is the newer part. */
export const findJoinMark: FindJoinMark = (path, { data: { toolUseId } }) => findCall(path, toolUseId);
