/** Numbers and texts that look random and are the same for the same seed. */

const WORDS =
  "the of and to in is that it for was on are as with be at one have this from or had by not word but what some we can out other were all there when up use your how said an each she which do their time if will way about many then them write would like so these her long make thing see him two has look more day could go come did number sound no most people my over know water than call first who may down side been now find".split(
    " ",
  );

/** Length of the text that long texts are cut from. */
const POOL_CHARACTERS = 256 * 1024;

export class Random {
  #state: number;
  readonly #pool: string;

  constructor(seed: number) {
    this.#state = seed;
    const words: string[] = [];
    for (let length = 0; length < POOL_CHARACTERS;) {
      const word = this.chance(0.05) ? `"${this.pick(WORDS)}"\n` : this.pick(WORDS);
      words.push(word);
      length += word.length + 1;
    }
    this.#pool = words.join(" ");
  }

  /** From 0 to 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.between(0, from.length - 1)];
    if (picked === undefined) throw new Error("There is nothing to pick from.");
    return picked;
  }

  hex(digits: number): string {
    let text = "";
    while (text.length < digits)
      text += Math.floor(this.next() * 0xffff_ffff)
        .toString(16)
        .padStart(8, "0");
    return text.slice(0, digits);
  }

  uuid(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  words(count: number): string {
    return this.text(count * 5);
  }

  /** Lines of something like code. */
  code(lines: number): string {
    return Array.from({ length: lines }, () => `  const ${this.pick(WORDS)} = "${this.words(6)}";`).join("\n");
  }

  text(characters: number): string {
    const start = this.between(0, this.#pool.length - 1);
    const text = this.#pool.slice(start, start + characters);
    return text.length < characters ? text + this.#pool.slice(0, characters - text.length) : text;
  }
}
