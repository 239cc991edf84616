/**
 * Asks the file system about many files. Owns whether the disk answers at once.
 * Invariant: this thread waits for at most one slow answer; before the first quick one it waits for none.
 */
import { type Dirent, readdirSync, realpathSync, type Stats, statSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";

/** A disk that takes longer for one answer is slow, or far away. */
const QUICK_MS = 5;

/**
 * Every function throws the system's error, or rejects with it. Answers come without a promise from a quick disk: that
 * takes a tenth of the time, which is what looking at thousands of files takes.
 */
export class DiskQuestions {
  readonly #now: () => number;
  #isQuick = false;

  /** `now` in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Finds out how the disk of a path answers. Never rejects. */
  static async about(path: string, now?: () => number): Promise<DiskQuestions> {
    const disk = new DiskQuestions(now);
    const beganMs = disk.#now();
    await stat(path).catch(() => undefined);
    disk.#isQuick = disk.#now() - beganMs <= QUICK_MS;
    return disk;
  }

  realPath(path: string): Promise<string> | string {
    return this.#isQuick ? this.#timed(() => realpathSync.native(path)) : realpath(path);
  }

  entries(path: string): Promise<Dirent[]> | Dirent[] {
    const withTypes = { withFileTypes: true } as const;
    return this.#isQuick ? this.#timed(() => readdirSync(path, withTypes)) : readdir(path, withTypes);
  }

  stat(path: string): Promise<Stats> | Stats {
    return this.#isQuick ? this.#timed(() => statSync(path)) : stat(path);
  }

  #timed<Answer>(ask: () => Answer): Answer {
    const beganMs = this.#now();
    try {
      return ask();
    } finally {
      this.#isQuick = this.#now() - beganMs <= QUICK_MS;
    }
  }
}
