import { RequestError } from "../../../shared/contract/errors.ts";

/** One page of a list that is in memory; the cursor is the place where the next page begins. */
export function pageOf<Item>(
  all: readonly Item[],
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): { readonly items: readonly Item[]; readonly nextCursor: string | null } {
  const start = cursor === undefined ? 0 : cursorNumber(cursor);
  const end = start + limit;
  return { items: all.slice(start, end), nextCursor: end < all.length ? String(end) : null };
}

/**
 * The number in a cursor that a page gave out.
 * @throws RequestError `bad_request` for anything else.
 */
export function cursorNumber(cursor: string): number {
  if (/^\d{1,15}$/u.test(cursor)) return Number(cursor);
  throw new RequestError("bad_request", "The cursor is not one that a page of this list gave out. Begin without one.");
}
