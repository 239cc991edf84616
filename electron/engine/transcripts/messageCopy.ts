/**
 * One API message is one charge, however many records repeat it: one a content block, and again in sub-agent files, in
 * resumed and in forked sessions. This is the rule that chooses among the copies. Pure.
 */

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
  readonly path: string;
  /** Where the record begins in the file. */
  readonly offset: number;
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
  return copies.reduce((winner, copy) => (isBetter(copy, winner) ? copy : winner));
}

/**
 * True when `a` is the copy to keep of two copies of one message: the one with the larger total of tokens, then the one
 * that says its speed, then the original. The rest only makes the choice the same whatever came first.
 */
export function isBetter(a: MessageCopy, b: MessageCopy): boolean {
  const order =
    totalTokens(a) - totalTokens(b) ||
    Number(a.speed !== null) - Number(b.speed !== null) ||
    Number(b.isForkCopy) - Number(a.isForkCopy) ||
    (b.atMs ?? Number.MAX_SAFE_INTEGER) - (a.atMs ?? Number.MAX_SAFE_INTEGER) ||
    compareText(b.path, a.path) ||
    b.offset - a.offset;
  return order > 0;
}

function totalTokens({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: MessageCopy): number {
  return (input ?? 0) + (output ?? 0) + (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
