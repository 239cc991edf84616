import type { Virtualizer } from "@tanstack/react-virtual";
import { type FocusEvent, type KeyboardEvent, type RefObject, useState } from "react";
import type { TranscriptRow } from "./transcriptRow.ts";

export interface RowKeys {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
  /** Whether Tab reaches this row: the one that had the keyboard last, else the last one. */
  readonly isTabStop: (index: number) => boolean;
}

/** Arrow keys, Home and End walk the rows; Enter and Space open the one that has the keyboard. */
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
  const found = activeKey === null ? -1 : rows.findIndex((row) => row.key === activeKey);
  const active = found === -1 ? last : found;

  const go = (index: number): void => {
    const target = Math.max(0, Math.min(last, index));
    setActiveKey(rows[target]?.key ?? null);
    virtualizer.scrollToIndex(target, { align: "auto" });
    // The row may not be drawn before the scrolling.
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${target}"]`)?.focus());
  };

  return {
    onFocus: ({ target }) => {
      const index = target instanceof Element ? target.closest("[data-index]")?.getAttribute("data-index") : null;
      if (index !== null && index !== undefined) setActiveKey(rows[Number(index)]?.key ?? null);
    },
    isTabStop: (index) => index === active,
    onKeyDown: (event) => {
      const steps: Readonly<Record<string, () => void>> = {
        ArrowDown: () => go(active + 1),
        ArrowUp: () => go(active - 1),
        Home: () => go(0),
        End: () => go(last),
        Enter: () => toggle(rows[active]?.key ?? ""),
        " ": () => toggle(rows[active]?.key ?? ""),
      };
      const isRow = event.target instanceof HTMLElement && event.target.hasAttribute("data-index");
      const step = steps[event.key];
      if (!isRow || step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      step();
    },
  };
}
