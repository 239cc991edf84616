/** A process that says this much before it answers its first request is not the CLI. */
const MAX_HELD_REPORTS = 10_000;

/**
 * Holds back what a process says until its session has been announced, then lets it go in order.
 * Invariant: a report is acted on once, and never before those that came earlier.
 */
export class HeldReports {
  #held: (() => void)[] | null = [];
  #overflowed = false;

  /** True when more was said than is kept: the session must not be announced. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Acts on a report now, or once the reports are let go. */
  take(report: () => void): void {
    if (this.#held === null) report();
    else if (this.#held.length < MAX_HELD_REPORTS) this.#held.push(report);
    else this.#overflowed = true;
  }

  letGo(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const report of held) report();
  }
}
