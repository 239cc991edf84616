/** What keeps the index from being whole, gathered while it works, and told when it is another. */
import type { FindProblem } from "./findTranscripts.ts";
import { systemCode } from "./systemCode.ts";

export interface IndexStanding {
  /** How many folders and files cannot be read. */
  readonly unreadCount: number;
  /** The first of them, with the system's codes. */
  readonly unread: readonly FindProblem[];
  /** Folders that are not there now, though sessions are known of them. */
  readonly away: readonly string[];
  /** The system's code of why not all changes are told of; null when they are. */
  readonly unwatched: string | null;
}

export const NOTHING_MISSING: IndexStanding = { unreadCount: 0, unread: [], away: [], unwatched: null };

/** What a person looks at; the log has all of them. */
const SHOWN_PROBLEMS = 20;

/** Files fail by the thousand, if they do. */
const TELL_MS = 100;

export class Standing {
  readonly #onChange: (standing: IndexStanding) => void;
  readonly #unread = new Map<string, string>();
  #away: readonly string[] = [];
  #unwatched: string | null = null;
  #told = JSON.stringify(NOTHING_MISSING);
  #timer: NodeJS.Timeout | null = null;

  constructor(onChange: (standing: IndexStanding) => void) {
    this.#onChange = onChange;
  }

  /** All was looked at, and these could not be read. Answers those that are news. */
  found(problems: readonly FindProblem[]): readonly FindProblem[] {
    const news = problems.filter(({ path, code }) => this.#unread.get(path) !== code);
    this.#unread.clear();
    for (const { path, code } of problems) this.#unread.set(path, code);
    this.#tellSoon();
    return news;
  }

  /** A file was read (null), deleted (null), or could not be read: the system's code. */
  read(path: string, errorCode: string | null): void {
    if (errorCode === null && !this.#unread.delete(path)) return;
    if (errorCode !== null) this.#unread.set(path, errorCode);
    this.#tellSoon();
  }

  folders(away: readonly string[]): void {
    this.#away = [...new Set(away)];
    this.#tellSoon();
  }

  /** Answers whether it is news. It lasts: what was not watched is not tried again. */
  watchFailed(error: unknown): boolean {
    const code = systemCode(error);
    const isNews = this.#unwatched !== code;
    this.#unwatched = code;
    this.#tellSoon();
    return isNews;
  }

  /** Tells it now, if it is another. */
  tell(): void {
    this.dispose();
    const unread = [...this.#unread].slice(0, SHOWN_PROBLEMS).map(([path, code]) => ({ path, code }));
    const standing = { unreadCount: this.#unread.size, unread, away: this.#away, unwatched: this.#unwatched };
    const text = JSON.stringify(standing);
    if (text === this.#told) return;
    this.#told = text;
    this.#onChange(standing);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => this.tell(), TELL_MS);
  }
}
