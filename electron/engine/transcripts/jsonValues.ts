/** Single JSON values to what they mean, from their bytes. */
import type { Buffer } from "node:buffer";

/** A JSON string with its quotes, decoded; null when its escapes are broken. */
export function decode(bytes: Buffer, start: number, end: number): string | null {
  const text = bytes.toString("utf8", start + 1, end - 1);
  if (!text.includes("\\")) return text;
  const parsed = parseOrNull(`"${text}"`);
  return typeof parsed === "string" ? parsed : null;
}

export function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const ZERO = 0x30;

/** Plain digits are read here; signs, points and exponents are left to JSON. */
export function numberAt(bytes: Buffer, start: number, end: number): number | null {
  let value = 0;
  for (let index = start; index < end; index += 1) {
    const digit = (bytes[index] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) {
      const parsed = parseOrNull(bytes.toString("latin1", start, end));
      return typeof parsed === "number" ? parsed : null;
    }
    value = value * 10 + digit;
  }
  return value;
}

/** The CLI writes `"2026-11-20T22:22:46.784Z"`: 26 bytes with quotes. Any other form is left to `Date`. */
export function timeAt(bytes: Buffer, start: number, end: number): number | null {
  if (end - start === 26 && bytes[start + 24] === LETTER_Z && bytes[start + 11] === LETTER_T) {
    const part = (at: number, digits: number): number => digitsAt(bytes, start + at, digits);
    const time = Date.UTC(part(1, 4), part(6, 2) - 1, part(9, 2), part(12, 2), part(15, 2), part(18, 2), part(21, 3));
    if (!Number.isNaN(time)) return time;
  }
  const text = decode(bytes, start, end);
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
}

const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

function digitsAt(bytes: Buffer, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index += 1) {
    const digit = (bytes[index] ?? 0) - ZERO;
    value = digit < 0 || digit > 9 ? Number.NaN : value * 10 + digit;
  }
  return value;
}
