import type { Virtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type KeyboardEvent, type MouseEvent, type RefObject, useState } from "react";
import type { RowSelection } from "./rowSelection.ts";
import type { TranscriptRow } from "./transcriptRow.ts";

export interface RowKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
  /** Shift and a click choose all rows from the one that had the keyboard to this one. */
  readonly onMouseDown: (event: MouseEvent) => void;
  /** Whether Tab reaches this row: the one that had the keyboard last, else the last one. */
  readonly isTabStop: (index: number) => boolean;
  readonly selection: RowSelection | null;
  readonly clearSelection: () => void;
}

/** Arrow keys, Home and End walk the rows, with Shift they choose several; Enter and Space open one. */
export function useRowKeys(options: {
  readonly rows: readonly TranscriptRow[];
  readonly virtualizer: Virtualizer<HTMLDivElement, Element>;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly toggle: (key: string) => void;
}): RowKeys {
  const { rows, virtualizer, scroller, toggle } = options;
  const last = rows.length - 1;
  // By key: older rows that come in front move every index.
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [selection, setSelection] = useState<RowSelection | null>(null);
  const found = activeKey === null ? -1 : rows.findIndex((row) => row.key === activeKey);
  const active = found === -1 ? last : found;

  const extend = (index: number): void => {
    const headKey = rows[index]?.key;
    const anchorKey = selection?.anchorKey ?? rows[active]?.key;
    if (headKey !== undefined && anchorKey !== undefined) setSelection({ anchorKey, headKey });
  };

  const go = (index: number, isExtending: boolean): void => {
    const target = Math.max(0, Math.min(last, index));
    if (isExtending) extend(target);
    else setSelection(null);
    setActiveKey(rows[target]?.key ?? null);
    virtualizer.scrollToIndex(target, { align: "auto" });
    focusRow(scroller, target);
  };

  return {
    selection,
    clearSelection: () => setSelection(null),
    onFocus: ({ target }) => {
      const index = rowIndex(target);
      if (index !== null) setActiveKey(rows[index]?.key ?? null);
    },
    onMouseDown: (event) => {
      const index = rowIndex(event.target);
      if (!event.shiftKey || event.button !== 0 || index === null) return;
      // Else the browser selects the text between.
      event.preventDefault();
      extend(index);
      focusRow(scroller, index);
    },
    isTabStop: (index) => index === active,
    onKeyDown: (event) => {
      const isExtending = event.shiftKey;
      const steps: Readonly<Record<string, () => void>> = {
        ArrowDown: () => go(active + 1, isExtending),
        ArrowUp: () => go(active - 1, isExtending),
        Home: () => go(0, isExtending),
        End: () => go(last, isExtending),
        Enter: () => toggle(rows[active]?.key ?? ""),
        " ": () => toggle(rows[active]?.key ?? ""),
        Escape: () => setSelection(null),
      };
      const isRow = event.target instanceof HTMLElement && event.target.hasAttribute("data-index");
      const step = steps[event.key];
      if (!isRow || step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      step();
    },
  };
}

/** Gives a row the keyboard once it is drawn, which it may not be before the scrolling. */
function focusRow(scroller: RefObject<HTMLDivElement | null>, index: number): void {
  requestAnimationFrame(() =>
    scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true }),
  );
}

function rowIndex(target: EventTarget): number | null {
  const index = target instanceof Element ? target.closest("[data-index]")?.getAttribute("data-index") : null;
  return index === null || index === undefined ? null : Number(index);
}
