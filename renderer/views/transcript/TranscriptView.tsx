import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownToLine } from "lucide-react";
import { type ClipboardEvent, useCallback, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef } from "react";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { useFeed, useStores } from "../useStores.ts";
import { DrawnRows } from "./DrawnRows.tsx";
import { JumpBar } from "./JumpBar.tsx";
import { NoRows } from "./NoRows.tsx";
import { selectedRows } from "./rowSelection.ts";
import { rowsMarkdown } from "./rowText.ts";
import { SelectedRows } from "./SelectedRows.tsx";
import { TranscriptEdge } from "./TranscriptEdge.tsx";
import { useOpenKeys } from "./useOpenKeys.ts";
import { useEndInSight } from "./useEndInSight.ts";
import { useInnerPlace } from "./useInnerPlace.ts";
import { usePaging } from "./usePaging.ts";
import { useRowKeys } from "./useRowKeys.ts";
import { useShownPlace } from "./useShownPlace.ts";
import { useTranscript } from "./useTranscript.ts";

/** Pixels from the end within which the view follows it. */
const END_PX = 48;
const ESTIMATED_ROW_PX = 40;
const OVERSCAN_ROWS = 8;

/** The chosen session as a structured conversation; only the rows in sight are drawn. */
export function TranscriptView() {
  const scroller = useRef<HTMLDivElement>(null);
  const { openKeys, toggle, unfold } = useOpenKeys(useFeed((state) => state.sessionId));
  const shown = useTranscript(openKeys);
  const { rows, sessionId, isAway } = shown;
  const placeKey = useInnerPlace(rows, useShownPlace(shown), unfold);
  const { ui } = useStores();
  // oxlint-disable-next-line react/incompatible-library -- drawn without the compiler, so nothing of it is memoised
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: OVERSCAN_ROWS,
    // Keeps what is in sight in place when older rows come in front, and follows the live end while it is in sight.
    anchorTo: "end",
    followOnAppend: !isAway,
    scrollEndThreshold: END_PX,
    paddingStart: 8,
    paddingEnd: 12,
  });
  const paging = usePaging(scroller, isAway, rows.length);
  const keys = useRowKeys({ rows, virtualizer, scroller, toggle });
  const selected = useMemo(() => selectedRows(rows, keys.selection), [rows, keys.selection]);
  const selectedKeys = useMemo(() => new Set(selected.map(({ key }) => key)), [selected]);
  const hasRows = rows.length > 0;
  const end = useEndInSight(scroller);
  const showEnd = useEffectEvent(end.goToEnd);
  useLayoutEffect(() => {
    if (hasRows && !isAway) showEnd();
  }, [hasRows, sessionId, isAway]);
  const placeIndex = placeKey === null ? -1 : rows.findIndex(({ key }) => key === placeKey);
  const rowsInSight = () => {
    const top = virtualizer.scrollOffset ?? 0;
    const bottom = top + (scroller.current?.clientHeight ?? 0);
    return virtualizer.getVirtualItems().filter((row) => row.end > top && row.start < bottom);
  };
  const isPlaceInSight = (): boolean => rowsInSight().some(({ index }) => index === placeIndex);
  const isUnderWay = useLeadTo(placeKey, {
    isInSight: isPlaceInSight,
    scroll: () => {
      end.letGo();
      virtualizer.scrollToIndex(placeIndex, { align: "center" });
    },
    focus: () => focusPlace(scroller.current, placeIndex),
  });
  const goToEnd = useGoToEnd(isAway, end.goToEnd);
  const seqInSight = (direction: "next" | "previous"): number | null => {
    // A row stands for several events: what was led to may be a later one than its first. Whoever jumps fast goes on from
    // where the jump before leads, though that is not scrolled to yet.
    if (isPlaceInSight() || (placeIndex !== -1 && isUnderWay())) return ui.getState().place?.seq ?? null;
    const inSight = rowsInSight();
    const edge = direction === "next" ? inSight[0] : inSight.at(-1);
    return rows[edge?.index ?? -1]?.seq ?? null;
  };
  const hasOlder = paging.older !== "none";
  const loaded = { events: shown.events, hasOlder, hasNewer: paging.newer !== "none" };
  const copySelected = (event: ClipboardEvent): void => {
    if (selected.length === 0 || window.getSelection()?.isCollapsed === false) return;
    event.clipboardData.setData("text/plain", rowsMarkdown(selected));
    event.preventDefault();
  };

  return (
    <section aria-label="Transcript" className="flex h-full min-h-0 flex-col bg-panel">
      {sessionId !== null && <JumpBar sessionId={sessionId} seqInSight={seqInSight} loaded={loaded} />}
      {!hasRows && <NoRows onEnd={goToEnd} />}
      <div className={cn("relative min-h-0 grow", !hasRows && "hidden")}>
        <div
          ref={scroller}
          role="presentation"
          onFocus={keys.onFocus}
          onMouseDown={keys.onMouseDown}
          onWheel={end.letGo}
          onPointerDown={end.letGo}
          onKeyDownCapture={end.letGo}
          onCopy={copySelected}
          className="h-full overflow-x-hidden overflow-y-auto px-2"
          onKeyDown={keys.onKeyDown}
          onScroll={paging.onScroll}
        >
          <TranscriptEdge side="older" state={paging.older} />
          <DrawnRows
            rows={rows}
            virtualizer={virtualizer}
            openKeys={openKeys}
            selectedKeys={selectedKeys}
            placeKey={placeKey}
            isTabStop={keys.isTabStop}
            onToggle={toggle}
          />
          {isAway && <TranscriptEdge side="newer" state={paging.newer} />}
        </div>
        <SelectedRows rows={selected} onClear={keys.clearSelection} />
        {(isAway || !virtualizer.isAtEnd(END_PX)) && (
          <Button look="primary" className="absolute right-5 bottom-3 shadow-(--shadow)" onClick={goToEnd}>
            <ArrowDownToLine aria-hidden className="size-4" /> {isAway ? "Back to the end" : "Jump to the end"}
          </Button>
        )}
      </div>
    </section>
  );
}

/**
 * Leads once to each row that is to be shown, when it is there: scrolls to it, and gives it the keyboard as soon as it is
 * drawn, which may be some drawings later. `focus` says whether it was. Answers what says whether the row has not been in
 * sight yet since it was to be shown.
 */
function useLeadTo(
  key: string | null,
  lead: { readonly scroll: () => void; readonly focus: () => boolean; readonly isInSight: () => boolean },
): () => boolean {
  const { ui } = useStores();
  const scrolledFor = useRef<object | null>(null);
  const focusedFor = useRef<object | null>(null);
  const seen = useRef<object | null>(null);
  useEffect(() => {
    const { place } = ui.getState();
    if (key === null || place === null) return;
    if (scrolledFor.current !== place) {
      scrolledFor.current = place;
      lead.scroll();
    }
    if (focusedFor.current !== place && lead.focus()) focusedFor.current = place;
    if (lead.isInSight()) seen.current = place;
  });
  return () => ui.getState().place !== seen.current;
}

function focusPlace(scroller: HTMLElement | null, index: number): boolean {
  const row = scroller?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  row?.focus({ preventScroll: true });
  return row !== null;
}

/** Leaves the place that was shown and follows the session's end. */
function useGoToEnd(isAway: boolean, scrollToEnd: () => void): () => void {
  const { ui, transcriptWindow, jumps } = useStores();
  return () => {
    ui.getState().showPlace(null);
    jumps.getState().giveUp();
    transcriptWindow.getState().close();
    // A window's rows are replaced first; the end is then shown by itself.
    if (!isAway) scrollToEnd();
  };
}
