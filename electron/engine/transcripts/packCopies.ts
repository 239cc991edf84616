/**
 * API messages on their way from a worker: numbers in one block that is handed over instead of copied, texts that repeat
 * once. Cloning them as objects would cost more than reading them did.
 */
import type { MessageCopy } from "./messageCopy.ts";

export interface PackedCopies {
  readonly messageIds: readonly string[];
  readonly requestIds: readonly (string | null)[];
  /** Texts that many copies share, each once. */
  readonly texts: readonly string[];
  /** `NUMBERS_PER_COPY` numbers a copy; NaN stands for null, and texts are given by their place. */
  readonly numbers: Float64Array<ArrayBuffer>;
}

const NUMBERS_PER_COPY = 19;

export function packCopies(copies: readonly MessageCopy[]): PackedCopies {
  const numbers = new Float64Array(copies.length * NUMBERS_PER_COPY);
  const places = new Map<string, number>();
  let at = 0;
  const put = (value: number | null): void => {
    numbers[at] = value ?? Number.NaN;
    at += 1;
  };
  const putText = (text: string | null): void => {
    if (text === null) return put(null);
    const known = places.get(text);
    if (known === undefined) places.set(text, places.size);
    put(known ?? places.size - 1);
  };
  for (const copy of copies) putCopy(copy, put, putText);
  return {
    messageIds: copies.map(({ messageId }) => messageId),
    requestIds: copies.map(({ requestId }) => requestId),
    texts: [...places.keys()],
    numbers,
  };
}

/** One after the other, without lists of them: this is done for every message that is read. */
function putCopy(copy: MessageCopy, put: (value: number | null) => void, putText: (text: string | null) => void): void {
  put(copy.atMs);
  put(copy.input);
  put(copy.output);
  put(copy.cacheRead);
  put(copy.cacheWrite5m);
  put(copy.cacheWrite1h);
  put(copy.webSearches);
  put(copy.offset);
  putText(copy.sessionId);
  putText(copy.model);
  putText(copy.speed);
  putText(copy.serviceTier);
  putText(copy.inferenceGeo);
  put(Number(copy.isSidechain));
  put(Number(copy.isForkCopy));
  put(Number(copy.isProvisional));
  putText(copy.turnId);
  putText(copy.gitBranch);
  putText(copy.tools ?? null);
}

/**
 * `path` is that of the file they were read from. One at a time, so that each can be forgotten when it is written: a list
 * of them would be copied by every collection of garbage meanwhile.
 */
export function* unpackCopies(packed: PackedCopies, path: string): IterableIterator<MessageCopy> {
  const { messageIds, requestIds, texts, numbers } = packed;
  for (const [index, messageId] of messageIds.entries()) {
    const at = index * NUMBERS_PER_COPY;
    const number = (place: number): number | null => {
      const value = numbers[at + place] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    };
    const text = (place: number): string | null => {
      const value = number(place);
      return value === null ? null : (texts[value] ?? null);
    };
    yield {
      messageId,
      requestId: requestIds[index] ?? null,
      atMs: number(0),
      input: number(1),
      output: number(2),
      cacheRead: number(3),
      cacheWrite5m: number(4),
      cacheWrite1h: number(5),
      webSearches: number(6),
      offset: number(7) ?? 0,
      sessionId: text(8) ?? "",
      model: text(9),
      speed: text(10),
      serviceTier: text(11),
      inferenceGeo: text(12),
      isSidechain: number(13) === 1,
      isForkCopy: number(14) === 1,
      isProvisional: number(15) === 1,
      turnId: text(16),
      gitBranch: text(17),
      tools: text(18),
      isTurnTold: false,
      origin: "transcript",
      path,
    };
  }
}
