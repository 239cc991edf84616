/** Rows of which changes may be held, because they cannot be written at the moment. */
import type { HeldChange } from "./heldWrites.ts";

type RowChange<Row> = (rows: readonly Row[]) => readonly Row[];

/** Which page of a list that begins with the newest. */
export interface NewestAsk {
  readonly limit: number;
  /** The position that the page before ended with. */
  readonly before?: number;
}

export interface NewestPage<Row> {
  readonly items: readonly Row[];
  readonly nextBefore: number | null;
}

/** Answers rows as they will be when everything is written. A change adds rows at the end, or makes others of those there are. */
export class HeldRows<Row> {
  readonly #held = new Set<RowChange<Row>>();

  /** For the change that is written, what it does to the rows. */
  whileHeld(change: RowChange<Row>): Pick<HeldChange, "onHeld" | "onSettled"> {
    return { onHeld: () => void this.#held.add(change), onSettled: () => void this.#held.delete(change) };
  }

  /** `written` begins with the oldest. */
  over(written: readonly Row[]): readonly Row[] {
    let rows = written;
    for (const change of this.#held) rows = change(rows);
    return rows;
  }

  /**
   * A page of what was found, the newest first, which is one row longer than the page where there is more. What is held and
   * passes is newer than all of it, and comes beside the first page.
   */
  newest(
    found: readonly { readonly position: number; readonly row: Row }[],
    { limit, before }: NewestAsk,
    passes: (row: Row) => boolean,
  ): NewestPage<Row> {
    const written = found.slice(0, limit);
    const rows = this.over(written.toReversed().map(({ row }) => row));
    const isOnPage = (row: Row, index: number): boolean =>
      index < written.length || (before === undefined && passes(row));
    const nextBefore = found.length > limit ? (written.at(-1)?.position ?? null) : null;
    return { items: rows.filter(isOnPage).toReversed(), nextBefore };
  }
}
