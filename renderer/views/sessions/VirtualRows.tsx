import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import {
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { useUi } from "../useStores.ts";
import { isSameRow, type ListRow } from "./listRows.ts";
import { ListFoot } from "./ListFoot.tsx";
import { ListRowView } from "./ListRowView.tsx";
import { NoSessions } from "./NoSessions.tsx";
import { useListKeys } from "./useListKeys.ts";
import { useListPaging } from "./useListPaging.ts";
import { useSteadyScroll } from "./useSteadyScroll.ts";

/** Heights in pixels. They are fixed, so that nothing has to be measured while ten thousand rows scroll by. */
const ROW_PX: Readonly<Record<ListRow["kind"], number>> = { project: 26, session: 42, more: 26 };
const OVERSCAN_ROWS = 6;

/** The list's rows, of which only those in sight are drawn. `listKey` names what is listed: another one starts on top. */
export function VirtualRows(props: { readonly rows: readonly ListRow[]; readonly listKey: string }) {
  const { rows, listKey } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const chosenId = useUi((state) => state.chosenSessionId);
  const [focusKey, setFocusKey] = useState<string | null>(null);
  const tabStop = useMemo(() => tabStopOf(rows, focusKey, chosenId), [rows, focusKey, chosenId]);
  // oxlint-disable-next-line react/incompatible-library -- drawn without the compiler, so nothing of it is memoised
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ROW_PX[rows[index]?.kind ?? "session"],
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    // The row with the keyboard stays on the page, however far it is scrolled away.
    rangeExtractor: useCallback((range: Range) => withIndex(defaultRangeExtractor(range), tabStop), [tabStop]),
    overscan: OVERSCAN_ROWS,
    paddingEnd: 8,
    scrollPaddingStart: ROW_PX.project,
  });
  const noteScroll = useSteadyScroll({ rows, listKey, virtualizer, scroller });
  const items = virtualizer.getVirtualItems();
  const onKeyDown = useListKeys({ rows, tabStop, virtualizer, scroller, setFocusKey });
  const showChosen = useEffectEvent(() => {
    const index = rows.findIndex(({ key }) => key === chosenId);
    if (index !== -1) virtualizer.scrollToIndex(index, { align: "auto" });
  });
  // A search or a link may have led to a session that is far from what is in sight.
  useEffect(() => showChosen(), [chosenId]);
  const paging = useListPaging(rows, virtualizer.range);
  const sticky = stickyRow(rows, virtualizer.range?.startIndex ?? 0);
  const groups = Map.groupBy(items, (item) => rows[item.index]?.projectPath ?? "");
  return (
    <div
      ref={scroller}
      data-session-list
      role="presentation"
      className="min-h-0 grow overflow-x-hidden overflow-y-auto px-1.5"
      onScroll={noteScroll}
      onKeyDown={onKeyDown}
      onFocus={(event) => setFocusKey(rowKeyOf(event.target))}
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {sticky !== null && <StickyName name={sticky} />}
        {[...groups].map(([projectPath, members]) => (
          <ProjectRows key={projectPath} rows={rows} projectPath={projectPath}>
            {members.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const isChosen = row.kind === "session" && row.session.sessionId === chosenId;
              return (
                <PlacedRow
                  key={row.key}
                  row={row}
                  start={item.start}
                  size={item.size}
                  chosen={isChosen}
                  isTabStop={item.index === tabStop}
                />
              );
            })}
          </ProjectRows>
        ))}
      </div>
      {rows.length === 0 && paging.phase !== "loading" && <NoSessions />}
      <ListFoot paging={paging} />
    </div>
  );
}

export type ListVirtualizer = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;
export type ScrollerRef = RefObject<HTMLDivElement | null>;

function ProjectRows(props: {
  readonly rows: readonly ListRow[];
  readonly projectPath: string;
  readonly children: ReactNode;
}) {
  return (
    <div role="list" aria-label={`Sessions in ${props.projectPath}`}>
      {props.children}
    </div>
  );
}

/** A row at its place. Positions are counted by the list's own sessions; headings and buttons stand outside of the count. */
const PlacedRow = memo(function PlacedRow(props: Placed) {
  const { row, start, size, chosen, isTabStop } = props;
  const counted = row.kind === "session" ? { "aria-posinset": row.position, "aria-setsize": row.groupSize } : {};
  return (
    <div
      role="listitem"
      {...counted}
      data-row-key={row.key}
      className="absolute top-0 left-0 w-full contain-strict"
      style={{ height: size, transform: `translateY(${start}px)` }}
    >
      <ListRowView row={row} chosen={chosen} isTabStop={isTabStop} />
    </div>
  );
}, isDrawnAlike);

interface Placed {
  readonly row: ListRow;
  readonly start: number;
  readonly size: number;
  readonly chosen: boolean;
  readonly isTabStop: boolean;
}

/** The rows are made anew after each change of any session; most of them still say the same. */
function isDrawnAlike(before: Placed, after: Placed): boolean {
  return (
    before.start === after.start &&
    before.size === after.size &&
    before.chosen === after.chosen &&
    before.isTabStop === after.isTabStop &&
    isSameRow(before.row, after.row)
  );
}

/** The project of the topmost row, which stays in sight. It repeats a heading, so nobody has to hear it. */
function StickyName({ name }: { readonly name: string }) {
  return (
    <div aria-hidden className="sticky top-0 z-10 h-0">
      <div className="-mx-1.5 truncate border-b border-line bg-panel px-2.5 text-[11px] leading-6 font-semibold tracking-wide text-dim">
        {name}
      </div>
    </div>
  );
}

/** The name to show above, or null while the heading itself is the topmost row. */
function stickyRow(rows: readonly ListRow[], startIndex: number): string | null {
  if (rows[startIndex]?.kind === "project") return null;
  for (let index = startIndex; index >= 0; index -= 1) {
    const row = rows[index];
    if (row?.kind === "project") return row.name;
  }
  return null;
}

/** The one row that Tab leads to: where the keyboard was, else the chosen session, else the first. */
function tabStopOf(rows: readonly ListRow[], focusKey: string | null, chosenId: string | null): number {
  const focused = focusKey === null ? -1 : rows.findIndex(({ key }) => key === focusKey);
  if (focused !== -1) return focused;
  const chosen = chosenId === null ? -1 : rows.findIndex(({ key }) => key === chosenId);
  return chosen === -1 ? 0 : chosen;
}

function rowKeyOf(target: Element): string | null {
  return target.closest<HTMLElement>("[data-row-key]")?.dataset["rowKey"] ?? null;
}

function withIndex(indexes: number[], index: number): number[] {
  if (index < 0 || indexes.includes(index)) return indexes;
  return [...indexes, index].toSorted((one, other) => one - other);
}
