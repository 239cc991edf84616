import { type KeyboardEvent, useLayoutEffect, useRef } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { shownFolds } from "../../stores/uiStore.ts";
import { useStores, useUi } from "../useStores.ts";
import { type ListRow, nextSessionRow } from "./listRows.ts";
import type { ListVirtualizer, ScrollerRef } from "./VirtualRows.tsx";

/**
 * The list's keys. `j` and `k` go from session to session from anywhere on the page; in the list the arrows, Home and
 * End go from row to row, left and right fold the project. Returns the listener for the list itself.
 */
export function useListKeys(list: {
  readonly rows: readonly ListRow[];
  /** The index of the row that has the keyboard or would get it. */
  readonly tabStop: number;
  readonly virtualizer: ListVirtualizer;
  readonly scroller: ScrollerRef;
  readonly setFocusKey: (key: string) => void;
}): (event: KeyboardEvent) => void {
  const { rows, tabStop, virtualizer, scroller, setFocusKey } = list;
  const { ui } = useStores();
  const foldProject = useUi((state) => state.foldProject);
  const wanted = useRef<string | null>(null);

  // The row may only be drawn now that it is the one for the keyboard.
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const row = scroller.current?.querySelector(`[data-row-key="${CSS.escape(wanted.current)}"] button`);
    if (!(row instanceof HTMLElement)) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const moveTo = (index: number): void => {
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (row === undefined) return;
    wanted.current = row.key;
    setFocusKey(row.key);
    virtualizer.scrollToIndex(rows.indexOf(row), { align: "auto" });
  };

  useFoldFocus(rows, tabStop, moveTo);

  const moveBySession = (step: 1 | -1): void => {
    const isInList = scroller.current?.contains(document.activeElement) ?? false;
    const current = rows[tabStop];
    // From outside, the first press only brings the keyboard here.
    if (!isInList && current?.kind === "session") moveTo(tabStop);
    else moveTo(nextSessionRow(rows, tabStop, step));
  };
  const options = { enabled: () => ui.getState().dialog === null, preventDefault: true } as const;
  useHotkeys("j", () => moveBySession(1), options, [rows, tabStop]);
  useHotkeys("k", () => moveBySession(-1), options, [rows, tabStop]);

  const fold = (isOpen: boolean): void => {
    const projectPath = rows[tabStop]?.projectPath;
    if (projectPath === undefined) return;
    const isCollapsed = shownFolds(ui.getState())[projectPath] === "collapsed";
    if (isOpen && isCollapsed) foldProject(projectPath, null);
    if (isOpen || isCollapsed) return;
    foldProject(projectPath, "collapsed");
    moveTo(rows.findIndex((row) => row.kind === "project" && row.projectPath === projectPath));
  };

  const moves: Readonly<Record<string, () => void>> = {
    ArrowDown: () => moveTo(tabStop + 1),
    ArrowUp: () => moveTo(tabStop - 1),
    Home: () => moveTo(0),
    End: () => moveTo(rows.length - 1),
    ArrowLeft: () => fold(false),
    ArrowRight: () => fold(true),
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    move();
  };
}

/**
 * Unfolding a project pushes the button that did it far down: the keyboard goes to the first session that it brought.
 * Folding it again brings the button back, and the keyboard with it.
 */
function useFoldFocus(rows: readonly ListRow[], tabStop: number, moveTo: (index: number) => void): void {
  const folds = useUi(shownFolds);
  const drawn = useRef({ folds, tabStop });
  useLayoutEffect(() => {
    const before = drawn.current;
    drawn.current = { folds, tabStop };
    const isByButton = before.folds !== folds && rows[tabStop]?.kind === "more";
    if (isByButton) moveTo(Math.min(before.tabStop, tabStop));
  });
}
