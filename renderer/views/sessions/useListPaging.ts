import { useEffect, useState } from "react";
import { queryWords } from "../../../shared/state/sessionQuery.ts";
import { type ListPaging, type ListScope, pagingOf } from "../../stores/sessionPages.ts";
import { useProjects, useSessionPages, useSessions, useUi } from "../useStores.ts";
import { type ListRow, pageWouldShow } from "./listRows.ts";

/** Rows from the end within which the next page is asked for. */
const NEAR_END_ROWS = 20;
/** Milliseconds without a key after which the host is asked what is typed. */
const TYPING_MS = 200;

interface RowRange {
  readonly startIndex: number;
  readonly endIndex: number;
}

export interface ListPagingView extends Pick<ListPaging, "phase" | "problem"> {
  /** Asks once more after a failure. */
  readonly retry: () => void;
}

/** Asks the host for further sessions: when the end of what is loaded comes near, and for what is typed. */
export function useListPaging(rows: readonly ListRow[], range: RowRange | null): ListPagingView {
  const scopes = useSessionPages((state) => state.scopes);
  const loadMore = useSessionPages((state) => state.loadMore);
  const loaded = useSessions((state) => state.loaded);
  const size = useSessions((state) => state.order.size);
  const queryScope = useQueryScope();
  const isNearEnd = range === null || range.endIndex + NEAR_END_ROWS >= rows.length - 1;
  const listScope = useListScope(rows, range, isNearEnd);
  const scope = queryScope ?? listScope;
  const { phase, problem, cursor } = scope === null ? nothingWanted : pagingOf(scopes, scope);
  // The first page of a query is asked for in any case: what is looked for may stand above what is in sight.
  const isWanted = loaded && phase === "idle" && (isNearEnd || cursor === null);
  const key = scope === null ? "" : JSON.stringify(scope);
  useEffect(() => {
    if (scope !== null && isWanted) void loadMore(scope);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `key` stands for `scope`, which is a new object each time
  }, [key, isWanted, size, loadMore]);
  return { phase, problem, retry: () => scope !== null && void loadMore(scope) };
}

const nothingWanted: ListPaging = { phase: "done", problem: null, cursor: null };

/** What is typed, as the host is asked for it; null while nothing is, or when only live sessions are listed. */
function useQueryScope(): ListScope | null {
  const query = useSettled(useUi((state) => state.query));
  const filter = useUi((state) => state.filter);
  const isAllLoaded = useSessions((state) => state.order.size >= state.total);
  // The host looks for one text; of several words the longest finds the fewest, and the list itself checks them all.
  const text = queryWords(query).reduce((longest, word) => (word.length > longest.length ? word : longest), "");
  return text === "" || filter !== "all" || isAllLoaded ? null : { kind: "query", text: text.slice(0, 200) };
}

/** The list whose next page belongs where the person looks; null when all that belongs there is loaded. */
function useListScope(rows: readonly ListRow[], range: RowRange | null, isNearEnd: boolean): ListScope | null {
  const filter = useUi((state) => state.filter);
  const query = useUi((state) => state.query);
  const order = useSessions((state) => state.order);
  const total = useSessions((state) => state.total);
  const sessionCounts = useProjects((state) => state.sessionCounts);
  // The other filters show live sessions, of which the host tells without being asked.
  if (filter !== "all" || query.trim() !== "") return null;
  const last = Math.min((range?.endIndex ?? 0) + NEAR_END_ROWS, rows.length - 1);
  for (let index = range?.startIndex ?? 0; index <= last; index += 1) {
    const row = rows[index];
    if (row?.kind === "more" && row.action === "load") return { kind: "project", projectPath: row.projectPath };
  }
  return isNearEnd && pageWouldShow({ order, sessionCounts }, total) ? { kind: "all" } : null;
}

/** The value once it has not changed for `TYPING_MS`. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
