import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownToLine } from "lucide-react";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "../../components/Button.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { useFeed } from "../useStores.ts";
import { OlderEvents } from "./OlderEvents.tsx";
import { TranscriptRowView } from "./rows/TranscriptRowView.tsx";
import { useRowKeys } from "./useRowKeys.ts";
import { useTranscript } from "./useTranscript.ts";

/** Pixels from the end within which the view follows it. */
const END_PX = 48;
/** Pixels from the start within which older events are loaded. */
const START_PX = 200;
const ESTIMATED_ROW_PX = 40;
const OVERSCAN_ROWS = 8;

/** The chosen session as a structured conversation; only the rows in sight are drawn. */
export function TranscriptView() {
  const rows = useTranscript();
  const sessionId = useFeed((state) => state.sessionId);
  const scroller = useRef<HTMLDivElement>(null);
  const { openKeys, toggle } = useOpenKeys(sessionId);
  // oxlint-disable-next-line react/incompatible-library -- drawn without the compiler, so nothing of it is memoised
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: OVERSCAN_ROWS,
    // Keeps what is in sight in place when older rows come in front, and follows the end while it is in sight.
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: END_PX,
    paddingStart: 8,
    paddingEnd: 12,
  });
  const hasRows = rows.length > 0;
  useLayoutEffect(() => {
    if (hasRows) virtualizer.scrollToEnd();
  }, [hasRows, sessionId, virtualizer]);
  const loadNearStart = useLoadOlder(scroller, rows.length);
  const keys = useRowKeys({ rows, virtualizer, scroller, toggle });

  if (!hasRows) return <NoRows />;
  return (
    <section aria-label="Transcript" className="relative h-full min-h-0 bg-panel">
      <div
        ref={scroller}
        role="presentation"
        onFocus={keys.onFocus}
        className="h-full overflow-x-hidden overflow-y-auto px-2"
        onKeyDown={keys.onKeyDown}
        onScroll={loadNearStart}
      >
        <OlderEvents />
        <div role="feed" aria-label="Conversation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <article
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                aria-posinset={item.index + 1}
                aria-setsize={rows.length}
                tabIndex={keys.isTabStop(item.index) ? 0 : -1}
                className="group/article absolute top-0 left-0 w-full rounded outline-offset-[-2px]"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <TranscriptRowView row={row} isOpen={openKeys.has(row.key)} onToggle={toggle} />
              </article>
            );
          })}
        </div>
      </div>
      {!virtualizer.isAtEnd(END_PX) && (
        <Button
          look="primary"
          className="absolute right-5 bottom-3 shadow-(--shadow)"
          onClick={() => virtualizer.scrollToEnd()}
        >
          <ArrowDownToLine aria-hidden className="size-4" /> Jump to the end
        </Button>
      )}
    </section>
  );
}

const noKeys: ReadonlySet<string> = new Set();

/** Rows that are unfolded; forgotten with the session. */
function useOpenKeys(sessionId: string | null) {
  const [open, setOpen] = useState({ sessionId, keys: noKeys });
  const toggle = useCallback(
    (key: string) =>
      setOpen((before) => ({ sessionId, keys: toggled(before.sessionId === sessionId ? before.keys : noKeys, key) })),
    [sessionId],
  );
  return { openKeys: open.sessionId === sessionId ? open.keys : noKeys, toggle };
}

function toggled(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Loads older events when the start comes near: by scrolling, or because the rows do not fill the view. */
function useLoadOlder(scroller: RefObject<HTMLElement | null>, rowCount: number): () => void {
  const loadOlder = useFeed((state) => state.loadOlder);
  const older = useFeed((state) => state.older);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || rowCount === 0 || older !== "available") return;
    if (element.scrollHeight <= element.clientHeight) void loadOlder();
  }, [scroller, rowCount, older, loadOlder]);
  return () => {
    if (older === "available" && (scroller.current?.scrollTop ?? START_PX) < START_PX) void loadOlder();
  };
}

function NoRows() {
  const phase = useFeed((state) => state.phase);
  if (phase === "loading") return <EmptyState title="Loading the session…" />;
  if (phase === "none")
    return <EmptyState title="No session is chosen">Choose one on the left, or start one.</EmptyState>;
  return <EmptyState title="Nothing was said yet">Write to the session below.</EmptyState>;
}
