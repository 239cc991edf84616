/**
 * Places of entries in the order of a number. Those that come or change are sorted among themselves and merged in when the
 * order is next asked for: sorting all of them anew would take the time of ten questions.
 */
export class PlaceOrder {
  readonly #compare: (a: number, b: number) => number;
  #sorted = new Int32Array(0);
  /** Places below have been sorted in before, for they come one after the other. */
  #end = 0;
  readonly #loose = new Set<number>();

  /** `compare` must tell any two places apart. */
  constructor(compare: (a: number, b: number) => number) {
    this.#compare = compare;
  }

  /** The place is new, or what it is ordered by has changed. */
  touch(place: number): void {
    this.#loose.add(place);
  }

  clear(): void {
    this.#sorted = new Int32Array(0);
    this.#end = 0;
    this.#loose.clear();
  }

  get(): Int32Array {
    if (this.#loose.size > 0) this.#merge();
    return this.#sorted;
  }

  #merge(): void {
    const loose = Int32Array.from(this.#loose).toSorted(this.#compare);
    const kept = this.#kept();
    const merged = new Int32Array(kept.length + loose.length);
    let next = 0;
    let at = 0;
    for (const place of loose) {
      const end = firstAfter(kept, place, next, this.#compare);
      merged.set(kept.subarray(next, end), at);
      at += end - next;
      merged[at] = place;
      at += 1;
      next = end;
    }
    merged.set(kept.subarray(next), at);
    this.#sorted = merged;
    for (const place of loose) this.#end = Math.max(this.#end, place + 1);
    this.#loose.clear();
  }

  /** What stays in its order. */
  #kept(): Int32Array {
    const changed = new Set([...this.#loose].filter((place) => place < this.#end));
    return changed.size === 0 ? this.#sorted : this.#sorted.filter((place) => !changed.has(place));
  }
}

/** Where a place belongs in an ordered list, from `low` on. */
function firstAfter(sorted: Int32Array, place: number, low: number, compare: (a: number, b: number) => number): number {
  let [from, to] = [low, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compare(sorted[middle] ?? 0, place) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
