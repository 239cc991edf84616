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

const NUMBERS_PER_COPY = 18;

export function packCopies(copies: readonly MessageCopy[]): PackedCopies {
  const numbers = new Float64Array(copies.length * NUMBERS_PER_COPY);
  const places = new Map<string, number>();
  const placeOf = (text: string | null): number => {
    if (text === null) return Number.NaN;
    const known = places.get(text) ?? places.size;
    places.set(text, known);
    return known;
  };
  for (const [index, copy] of copies.entries()) {
    const { atMs, input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches, offset } = copy;
    const known = [atMs, input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches];
    const texts = [copy.sessionId, copy.model, copy.speed, copy.serviceTier, copy.inferenceGeo];
    const placing = [copy.turnId, copy.gitBranch];
    const flags = [Number(copy.isSidechain), Number(copy.isForkCopy), Number(copy.isProvisional)];
    numbers.set(
      [
        ...known.map((value) => value ?? Number.NaN),
        offset,
        ...texts.map((text) => placeOf(text)),
        ...flags,
        ...placing.map((text) => placeOf(text)),
      ],
      index * NUMBERS_PER_COPY,
    );
  }
  return {
    messageIds: copies.map(({ messageId }) => messageId),
    requestIds: copies.map(({ requestId }) => requestId),
    texts: [...places.keys()],
    numbers,
  };
}

/** `path` is that of the file they were read from. */
export function unpackCopies(packed: PackedCopies, path: string): readonly MessageCopy[] {
  const { messageIds, requestIds, texts, numbers } = packed;
  return messageIds.map((messageId, index) => {
    const at = index * NUMBERS_PER_COPY;
    const number = (place: number): number | null => {
      const value = numbers[at + place] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    };
    const text = (place: number): string | null => {
      const value = number(place);
      return value === null ? null : (texts[value] ?? null);
    };
    return {
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
      isTurnTold: false,
      origin: "transcript",
      path,
    };
  });
}
