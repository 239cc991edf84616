/** Bytes that were walked before, and where the wanted fields stood in them: the same bytes need no second walk. */
import { Buffer } from "node:buffer";

/** Longer ones are not remembered: they would hardly come again. */
const MAX_KNOWN_BYTES = 4096;

/** Compared here before the rest is, since different bytes mostly differ soon. */
const FIRST_BYTES = 48;

export class KnownBytes {
  /** 0 while nothing is known. */
  length = 0;
  readonly #raw = Buffer.alloc(MAX_KNOWN_BYTES);
  #slots: readonly number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Remembers the range `start` to `end`, and the places of these fields in it. */
  learn(
    bytes: Buffer,
    start: number,
    end: number,
    slots: readonly number[],
    starts: Int32Array,
    ends: Int32Array,
  ): void {
    this.forget();
    if (end - start > MAX_KNOWN_BYTES) return;
    this.length = bytes.copy(this.#raw, 0, start, end);
    this.#slots = slots;
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index] ?? -1;
      const at = starts[slot] ?? -1;
      this.#starts[index] = at === -1 ? -1 : at - start;
      this.#ends[index] = at === -1 ? -1 : (ends[slot] ?? at) - start;
    }
  }

  forget(): void {
    this.length = 0;
  }

  /** `bytes` must have `length` bytes from `start` on. */
  isAt(bytes: Buffer, start: number): boolean {
    const { length } = this;
    if (length === 0) return false;
    const raw = this.#raw;
    const first = Math.min(length, FIRST_BYTES);
    for (let index = 0; index < first; index += 1) if (bytes[start + index] !== raw[index]) return false;
    return bytes.compare(raw, first, length, start + first, start + length) === 0;
  }

  /** Says where the fields are when the bytes begin at `start`. */
  place(start: number, starts: Int32Array, ends: Int32Array): void {
    const slots = this.#slots;
    for (let index = 0; index < slots.length; index += 1) {
      const slot = slots[index] ?? -1;
      const at = this.#starts[index] ?? -1;
      starts[slot] = at === -1 ? -1 : start + at;
      ends[slot] = at === -1 ? -1 : start + (this.#ends[index] ?? at);
    }
  }
}

/** Longer texts are not the same twice. */
const MAX_TEXT_BYTES = 256;

/** The string that a field had last, by its bytes with their quotes: the same bytes are not decoded again. */
export class KnownText {
  /** What they mean. */
  text: string | null = null;
  readonly #raw = new Uint8Array(MAX_TEXT_BYTES);
  #length = 0;

  isAt(bytes: Uint8Array, start: number, end: number): boolean {
    const length = end - start;
    if (this.#length !== length) return false;
    const raw = this.#raw;
    // From the end, where what counts up differs.
    for (let index = length - 1; index >= 0; index -= 1) if (bytes[start + index] !== raw[index]) return false;
    return true;
  }

  learn(bytes: Uint8Array, start: number, end: number, text: string | null): void {
    const length = end - start;
    if (length > MAX_TEXT_BYTES) return;
    const raw = this.#raw;
    for (let index = 0; index < length; index += 1) raw[index] = bytes[start + index] ?? 0;
    this.#length = length;
    this.text = text;
  }
}
