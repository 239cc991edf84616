/**
 * The rows of message ids, while there is no index over them: in memory, a hash of 52 bits and the key of the id's row.
 * Few ids have other rows than one.
 */

/**
 * Tables. One large one would be freed in pieces of many megabytes, after which glibc, having seen such, gives no memory
 * back to the system that takes less.
 */
const TABLES = 64;

const FIRST_SLOTS = 1024;

export class FirstMessages {
  readonly #tables = Array.from({ length: TABLES }, () => new HashTable());
  readonly #others = new Map<string, readonly number[]>();

  /** Ids remembered. */
  get size(): number {
    return this.#tables.reduce((sum, { size }) => sum + size, 0);
  }

  /** Also true when another id has the same hash: who then looks at the rows finds it out. */
  has(messageId: string): boolean {
    return this.#get(hashOf(messageId)) !== 0;
  }

  /** The keys of the id's rows, in the order in which they were given. */
  keys(messageId: string): readonly number[] {
    const key = this.#get(hashOf(messageId));
    return key === 0 ? [] : (this.#others.get(messageId) ?? [key - 1]);
  }

  set(messageId: string, keys: readonly number[]): void {
    const hash = hashOf(messageId);
    this.#tables[hash % TABLES]?.set(hash, (keys[0] ?? 0) + 1);
    if (keys.length === 1) this.#others.delete(messageId);
    else this.#others.set(messageId, keys);
  }

  #get(hash: number): number {
    return this.#tables[hash % TABLES]?.get(hash) ?? 0;
  }
}

/** Owns an open-addressed table of hashes and numbers; 0 stands for none of either. */
class HashTable {
  size = 0;
  #hashes = new Float64Array(FIRST_SLOTS);
  #numbers = new Float64Array(FIRST_SLOTS);

  get(hash: number): number {
    const place = this.#place(hash);
    return this.#hashes[place] === 0 ? 0 : (this.#numbers[place] ?? 0);
  }

  set(hash: number, number: number): void {
    if (this.size * 2 > this.#hashes.length) this.#grow();
    const place = this.#place(hash);
    if (this.#hashes[place] === 0) this.size += 1;
    this.#hashes[place] = hash;
    this.#numbers[place] = number;
  }

  /** Where the hash is, or would be. */
  #place(hash: number): number {
    const mask = this.#hashes.length - 1;
    let place = Math.floor(hash / TABLES) % this.#hashes.length;
    for (;;) {
      const found = this.#hashes[place];
      if (found === hash || found === 0) return place;
      place = (place + 1) & mask;
    }
  }

  #grow(): void {
    const [hashes, numbers] = [this.#hashes, this.#numbers];
    this.#hashes = new Float64Array(hashes.length * 2);
    this.#numbers = new Float64Array(hashes.length * 2);
    for (const [from, hash] of hashes.entries()) {
      if (hash === 0) continue;
      const place = this.#place(hash);
      this.#hashes[place] = hash;
      this.#numbers[place] = numbers[from] ?? 0;
    }
  }
}

const PRIME = 16_777_619;
const HIGH = 2 ** 31;

/** 52 bits of two different walks over the text; never 0. */
function hashOf(text: string): number {
  let low = 0x811c_9dc5;
  let high = 0x1234_5678;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, PRIME);
    high = Math.imul(high + code, 31) ^ (low >>> 15);
  }
  low ^= low >>> 15;
  high ^= high >>> 13;
  return (high & 0x1f_ffff) * HIGH + (low & 0x7fff_ffff) + 1;
}
