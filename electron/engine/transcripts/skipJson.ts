/**
 * Steps over JSON in bytes without decoding it. Each function gets the index where something begins and answers the
 * index after it, or -1 when there is none. They accept all JSON, and some of what is not: they find where a value ends,
 * they do not judge what is in it.
 */

export const QUOTE = 0x22;
export const OPEN_OBJECT = 0x7b;
export const OPEN_LIST = 0x5b;
export const CLOSE_OBJECT = 0x7d;
export const CLOSE_LIST = 0x5d;
export const COMMA = 0x2c;
export const COLON = 0x3a;
const BACKSLASH = 0x5c;
const SPACE = 0x20;

/** The index of the first byte that is no white space (and no NUL, which a crash leaves in files). */
export function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  while (index < end && (bytes[index] ?? SPACE) <= SPACE) index += 1;
  return index;
}

/** `start` is the opening quote. */
export function skipString(bytes: Uint8Array, start: number, end: number): number {
  let index = start + 1;
  while (index < end) {
    const byte = bytes[index];
    if (byte === QUOTE) return index + 1;
    index += byte === BACKSLASH ? 2 : 1;
  }
  return -1;
}

/** Any value: a string, an object, a list, or a literal. */
export function skipValue(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start];
  if (first === QUOTE) return skipString(bytes, start, end);
  if (first === OPEN_OBJECT || first === OPEN_LIST) return skipNested(bytes, start, end);
  return skipLiteral(bytes, start, end);
}

function skipNested(bytes: Uint8Array, start: number, end: number): number {
  let depth = 0;
  let index = start;
  while (index < end) {
    const byte = bytes[index];
    if (byte === QUOTE) {
      index = skipString(bytes, index, end);
      if (index === -1 || !endsString(bytes[index])) return -1;
      continue;
    }
    index += 1;
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return -1;
}

/**
 * What may follow a string in JSON. A line that was cut off and goes on with another one's beginning, as after a crash,
 * has its strings the wrong way round from there on, and is found out by this.
 */
function endsString(byte: number | undefined): boolean {
  return (
    byte === COLON ||
    byte === COMMA ||
    byte === CLOSE_OBJECT ||
    byte === CLOSE_LIST ||
    (byte !== undefined && byte <= SPACE)
  );
}

function skipLiteral(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  while (index < end) {
    const byte = bytes[index] ?? SPACE;
    if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST || byte <= SPACE) break;
    index += 1;
  }
  return index === start ? -1 : index;
}
