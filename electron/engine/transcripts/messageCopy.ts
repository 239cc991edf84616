/**
 * One API message is one charge, however many records repeat it: one a content block, and again in sub-agent files, in
 * resumed and in forked sessions. This is the rule that chooses among the copies. Pure.
 */

import { joinedTools } from "./calledTools.ts";

/** One record's copy of an API message: its key, what it used, and where it stands. */
export interface MessageCopy {
  readonly messageId: string;
  readonly requestId: string | null;
  /** True for a copy in a sub-agent's conversation. */
  readonly isSidechain: boolean;
  /** The session that made the request; the original one when this copy is in a fork. */
  readonly sessionId: string;
  /** True when the record says that another session than its own made the request. */
  readonly isForkCopy: boolean;
  readonly model: string | null;
  /** Milliseconds since 1970; null when the record does not say. */
  readonly atMs: number | null;
  /** Tokens by kind; null where the record does not say. */
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly webSearches: number | null;
  readonly speed: string | null;
  readonly serviceTier: string | null;
  readonly inferenceGeo: string | null;
  /** Empty when no transcript told it. */
  readonly path: string;
  /** Where the record begins in the file. */
  readonly offset: number;
  /** Who told it: the live stream of an owned session, a record, or an export that was read back. */
  readonly origin: "stream" | "transcript" | "import";
  /** Names the turn among those of its session; null when nobody said. */
  readonly turnId: string | null;
  /** True when the stream said the turn, and not the place in a transcript. */
  readonly isTurnTold: boolean;
  readonly gitBranch: string | null;
  /** The tools that it calls, as far as this copy tells; see `calledTools.ts`. */
  readonly tools?: string | null;
  /** True for a message that was cut off: its output is not what was charged. */
  readonly isProvisional: boolean;
  /** True when what was told of its usage held what is no count: then none of its counts is kept. */
  readonly hasBadUsage?: boolean;
}

/** The copies of one message id that are kept: usually one. */
export interface KeptCopies {
  readonly copies: readonly MessageCopy[];
  /** True once a copy outside sub-agents had no request id: from then on the message id alone is the key. */
  readonly byIdAlone: boolean;
}

/**
 * Adds a copy to those kept of the same message id. Two copies are one message when their request ids are the same, or
 * one has none, or one is a sub-agent's. Whatever the order in which copies come, the same ones are kept.
 */
export function keepCopy(kept: KeptCopies, copy: MessageCopy): KeptCopies {
  const { copies, byIdAlone } = kept;
  if (copy.isSidechain) {
    if (copies.some(({ isSidechain }) => !isSidechain)) return kept;
    return { copies: [best([...copies, copy])], byIdAlone };
  }
  const own = copies.filter(({ isSidechain }) => !isSidechain);
  if (byIdAlone || copy.requestId === null) return { copies: [best([...own, copy])], byIdAlone: true };
  const same = own.filter(({ requestId }) => requestId === copy.requestId);
  const others = own.filter(({ requestId }) => requestId !== copy.requestId);
  return { copies: [...others, best([...same, copy])], byIdAlone };
}

export const NO_COPIES: KeptCopies = { copies: [], byIdAlone: false };

function best(copies: readonly [...(readonly MessageCopy[]), MessageCopy]): MessageCopy {
  const winner = copies.reduce((before, copy) => (isBetter(copy, before) ? copy : before));
  return copies.length === 1 ? winner : placed(winner, copies);
}

/** What places the message in its session is taken from whichever copy knows it best, and not from the winner alone. */
function placed(winner: MessageCopy, copies: readonly MessageCopy[]): MessageCopy {
  let { turnId, isTurnTold, gitBranch, tools = null } = winner;
  for (const copy of copies) {
    if (isBetterTurn(copy, { turnId, isTurnTold })) ({ turnId, isTurnTold } = copy);
    tools = joinedTools(tools, copy.tools ?? null);
    if (copy.gitBranch !== null && (gitBranch === null || copy.gitBranch < gitBranch)) ({ gitBranch } = copy);
  }
  const isSame =
    turnId === winner.turnId &&
    isTurnTold === winner.isTurnTold &&
    gitBranch === winner.gitBranch &&
    tools === (winner.tools ?? null);
  return isSame ? winner : { ...winner, turnId, isTurnTold, gitBranch, tools };
}

type ToldTurn = Pick<MessageCopy, "turnId" | "isTurnTold">;

function isBetterTurn(a: ToldTurn, b: ToldTurn): boolean {
  if (a.turnId === null || b.turnId === null) return a.turnId !== null;
  if (a.isTurnTold !== b.isTurnTold) return a.isTurnTold;
  return a.turnId < b.turnId;
}

/**
 * True when `a` is the copy to keep of two copies of one message: the one with the larger total of tokens, then the one
 * that says its speed, then the one that is no import, which is a copy of a copy and knows no place, then the original,
 * then the one of a transcript. The rest only makes the choice the same whatever came first.
 */
export function isBetter(a: MessageCopy, b: MessageCopy): boolean {
  const order =
    totalTokens(a) - totalTokens(b) ||
    Number(a.hasBadUsage === true) - Number(b.hasBadUsage === true) ||
    Number(a.speed !== null) - Number(b.speed !== null) ||
    Number(b.origin === "import") - Number(a.origin === "import") ||
    Number(b.isForkCopy) - Number(a.isForkCopy) ||
    originRank(a) - originRank(b) ||
    Number(b.isProvisional) - Number(a.isProvisional) ||
    (b.atMs ?? Number.MAX_SAFE_INTEGER) - (a.atMs ?? Number.MAX_SAFE_INTEGER) ||
    compareText(b.path, a.path) ||
    b.offset - a.offset;
  return order > 0;
}

/** A record has the model that was asked for, the final counts and a place that can be looked at. */
function originRank({ origin }: MessageCopy): number {
  return origin === "transcript" ? 1 : 0;
}

function totalTokens({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: MessageCopy): number {
  return (input ?? 0) + (output ?? 0) + (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
