/** Few known words, such as the wanted keys of a JSON object, found by their bytes without decoding them. */
import { Buffer } from "node:buffer";

/** What is done with the value of a wanted key. */
export interface WantedKey {
  /** Where its range is kept. */
  readonly slot: number;
  /** The wanted keys inside, when the value is an object. */
  readonly inside: KeyTable<WantedKey> | null;
  /** True when the value is a message's content: a string, or a list of blocks to look into. */
  readonly isContent: boolean;
}

interface Candidate<Value> {
  readonly name: Buffer;
  readonly value: Value;
}

/** Longer words are never known. */
const MAX_KEY_BYTES = 32;

export class KeyTable<Value> {
  /** By length and first byte: at most a few names share a place. */
  readonly #places: (readonly Candidate<Value>[] | undefined)[] = Array.from({ length: MAX_KEY_BYTES * 256 });

  constructor(keys: Readonly<Record<string, Value>>) {
    for (const [text, value] of Object.entries(keys)) {
      const name = Buffer.from(text);
      const place = name.length * 256 + (name[0] ?? 0);
      this.#places[place] = [...(this.#places[place] ?? []), { name, value }];
    }
  }

  /** What is known of the word at these bytes (without the quotes), or null. */
  find(bytes: Uint8Array, start: number, end: number): Value | null {
    const length = end - start;
    if (length >= MAX_KEY_BYTES || length === 0) return null;
    const candidates = this.#places[length * 256 + (bytes[start] ?? 0)];
    if (candidates === undefined) return null;
    for (const { name, value } of candidates) if (equals(bytes, start, name)) return value;
    return null;
  }
}

function equals(bytes: Uint8Array, start: number, name: Uint8Array): boolean {
  for (let index = 1; index < name.length; index += 1) if (bytes[start + index] !== name[index]) return false;
  return true;
}
