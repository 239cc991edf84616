/**
 * Owns what a person must be told about the host itself: gathers it from whoever has something to say.
 * Invariant: whenever there is something else to tell, everybody is told all of it, once.
 */
export class HostNotices {
  readonly #sources: (() => readonly string[])[] = [];
  readonly #watched: (() => string | null)[] = [];
  #tell: (notices: readonly string[]) => void = () => undefined;
  #told = "[]";

  /** What a source says may change at any time; `look` is to be called then. */
  add(source: () => readonly string[]): void {
    this.#sources.push(source);
  }

  /** Something beside the notices: when it changes, the notices are told again. */
  watch(source: () => string | null): void {
    this.#watched.push(source);
  }

  current(): readonly string[] {
    return [...new Set(this.#sources.flatMap((source) => source()))];
  }

  /** From here on changes are told; what there is so far is in the snapshots that clients begin with. */
  begin(tell: (notices: readonly string[]) => void): void {
    this.#told = this.#text(this.current());
    this.#tell = tell;
  }

  readonly look = (): void => {
    const notices = this.current();
    const text = this.#text(notices);
    if (text === this.#told) return;
    this.#told = text;
    this.#tell(notices);
  };

  #text(notices: readonly string[]): string {
    return JSON.stringify([notices, this.#watched.map((source) => source())]);
  }
}
