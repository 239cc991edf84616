import { useLayoutEffect, useRef } from "react";
import type { ListRow } from "./listRows.ts";
import type { ListVirtualizer, ScrollerRef } from "./VirtualRows.tsx";

/**
 * Keeps what is in sight in its place while rows come and go above it. At the very top new rows push the others down,
 * since whoever looks there wants to see them; another list (`listKey`) starts at its top. Returns what notes the place
 * after each scroll.
 */
export function useSteadyScroll(list: {
  readonly rows: readonly ListRow[];
  readonly listKey: string;
  readonly virtualizer: ListVirtualizer;
  readonly scroller: ScrollerRef;
}): () => void {
  const { rows, listKey, virtualizer, scroller } = list;
  const anchor = useRef<{ readonly key: string; readonly offset: number } | null>(null);
  const drawnKey = useRef(listKey);

  const noteScroll = (): void => {
    const top = scroller.current?.scrollTop ?? 0;
    const first = virtualizer.getVirtualItems().find((item) => item.end > top);
    anchor.current = top <= 0 || first === undefined ? null : { key: String(first.key), offset: top - first.start };
  };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (drawnKey.current !== listKey) {
      drawnKey.current = listKey;
      anchor.current = null;
      element.scrollTo({ top: 0, behavior: "instant" });
      return;
    }
    const held = anchor.current;
    if (held === null) return;
    const place = virtualizer.measurementsCache[rows.findIndex(({ key }) => key === held.key)];
    const top = place === undefined ? null : place.start + held.offset;
    if (top !== null && Math.abs(top - element.scrollTop) >= 1) element.scrollTo({ top, behavior: "instant" });
  }, [rows, listKey, virtualizer, scroller]);

  return noteScroll;
}
