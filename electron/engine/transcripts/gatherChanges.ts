/**
 * Tells changes of files together. Invariants: the first one after a while is told at once; each path is told once at a time.
 */
export interface ChangeListener {
  /** Files that were made, appended to, replaced or deleted. */
  readonly onChange: (paths: readonly string[]) => void;
  /** A folder was deleted or moved, or a link came or went: what is in it is told by nobody. */
  readonly onFoldersChanged: () => void;
}

/** Between two tellings: a burst is one, and none of it is seen late. */
const GATHER_MS = 25;

export class Gathering {
  readonly #listener: ChangeListener;
  readonly #paths = new Set<string>();
  #areFoldersChanged = false;
  #timer: NodeJS.Timeout | null = null;
  #toldMs = Number.NEGATIVE_INFINITY;

  constructor(listener: ChangeListener) {
    this.#listener = listener;
  }

  file(path: string): void {
    this.#paths.add(path);
    this.#gather();
  }

  folder(): void {
    this.#areFoldersChanged = true;
    this.#gather();
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #gather(): void {
    const waitMs = Math.max(0, this.#toldMs + GATHER_MS - performance.now());
    this.#timer ??= setTimeout(() => this.#tell(), waitMs);
  }

  #tell(): void {
    this.#timer = null;
    this.#toldMs = performance.now();
    const paths = [...this.#paths];
    const areFoldersChanged = this.#areFoldersChanged;
    this.#paths.clear();
    this.#areFoldersChanged = false;
    if (paths.length > 0) this.#listener.onChange(paths);
    if (areFoldersChanged) this.#listener.onFoldersChanged();
  }
}
