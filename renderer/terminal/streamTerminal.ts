import { FitAddon } from "@xterm/addon-fit";
import { SearchAddon } from "@xterm/addon-search";
import { UnicodeGraphemesAddon } from "@xterm/addon-unicode-graphemes";
import { WebLinksAddon } from "@xterm/addon-web-links";
import { Terminal } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import type { FeedChange } from "../stores/sessionFeedStore.ts";
import { bufferText } from "./bufferText.ts";
import { createEventPump } from "./eventPump.ts";
import { counted } from "./figures.ts";
import { ink, join, lineEnd } from "./ink.ts";
import { searchDecorations } from "./searchDecorations.ts";
import { type ThemeName, terminalThemes } from "./terminalTheme.ts";
import { handleTerminalKey } from "./terminalKeys.ts";
import { drawWithWebgl } from "./webglRenderer.ts";
import { BATCH_INTERVAL_MS, createWriteQueue } from "./writeQueue.ts";

/**
 * Owns: one xterm on one element: size, colours, search, links, copying, following the end, and its disposal.
 * Knows nothing about: React, stores, what events mean (`renderEvent.ts`).
 * Invariant: only `Ansi` is written, so every escape sequence in the terminal is our own. Nothing typed leaves it.
 */

/** Lines kept above the screen: hours of a usual session at some 10 MB of memory. */
export const SCROLLBACK_LINES = 10_000;
/** Matches that are highlighted at once. */
const MAX_HIGHLIGHTS = 500;

/** How long a new width rests before the text is broken anew: a dragged divider passes through many. */
const RESIZE_REST_MS = 200;

/** Hides the cursor: nothing is typed here. */
const HIDE_CURSOR = "\u001b[?25l";
/** Empties screen and scrollback, in order with what is already handed over. */
const EMPTY_SCREEN = "\u001b[0m\u001b[H\u001b[2J\u001b[3J";

export interface SearchResult {
  /** From 0; -1 while none is chosen. */
  readonly index: number;
  readonly count: number;
}

export interface StreamTerminalOptions {
  /** An element with a size; the terminal fills it and follows its size. */
  readonly element: HTMLElement;
  readonly theme: ThemeName;
  readonly screenReaderMode: boolean;
  /** The label of the terminal for assistive technology. */
  readonly label: string;
  /** The terminal has another number of columns for a while now: all events are to be taken again, from a reset on. */
  readonly onColumnsSettled: () => void;
  readonly onFollowingChange: (following: boolean) => void;
  readonly onSearchResult: (result: SearchResult) => void;
  readonly onSelectionChange: (hasSelection: boolean) => void;
  /** A link was clicked. It comes from the session: check it before it is opened. */
  readonly onLink: (link: string) => void;
  /** Ctrl/⌘+F inside the terminal. */
  readonly onSearchKey: () => void;
}

export interface StreamTerminal {
  /** Takes a change of the feed that is shown. */
  readonly take: (change: FeedChange) => void;
  readonly setTheme: (theme: ThemeName) => void;
  readonly setScreenReaderMode: (on: boolean) => void;
  readonly search: (query: string, direction: "next" | "previous") => void;
  readonly endSearch: () => void;
  readonly scrollToEnd: () => void;
  readonly focus: () => void;
  /** The selected text, or all of it where nothing is selected. */
  readonly textToCopy: () => string;
  /** Calls back once everything taken so far is on the screen. */
  readonly whenIdle: (listener: () => void) => void;
  readonly dispose: () => void;
}

/** Opens a terminal in an element. Dispose it before the element goes. */
export function createStreamTerminal(options: StreamTerminalOptions): StreamTerminal {
  const terminal = newTerminal(options);
  const fit = new FitAddon();
  const search = new SearchAddon({ highlightLimit: MAX_HIGHLIGHTS });
  let theme = options.theme;
  let disposed = false;
  terminal.loadAddon(fit);
  terminal.loadAddon(search);
  terminal.loadAddon(new UnicodeGraphemesAddon());
  terminal.loadAddon(new WebLinksAddon((_event, link) => options.onLink(link)));
  terminal.open(options.element);
  terminal.textarea?.setAttribute("aria-label", options.label);
  drawWithWebgl(terminal);
  fit.fit();
  terminal.write(HIDE_CURSOR);

  const queue = createWriteQueue({
    write: (text, done) => terminal.write(text, done),
    schedule,
    skipMark: (lines) =>
      join(lineEnd, ink("warn", `… skipped ${counted(lines, "line")}: output came faster than the screen`), lineEnd),
  });
  const pump = createEventPump({
    write: queue.push,
    columns: () => terminal.cols,
    clear: () => {
      queue.clear();
      // xterm calls back for what it had taken even after it was disposed, and then has no screen to scroll.
      terminal.write(EMPTY_SCREEN, () => {
        if (!disposed) terminal.scrollToBottom();
      });
    },
    schedule: (run) => schedule(run, BATCH_INTERVAL_MS),
  });

  const breaks = watchColumns(terminal, options.onColumnsSettled);
  const stopFollowing = watchFollowing(terminal, (following) => {
    options.onFollowingChange(following);
    breaks.check();
  });
  const stopFitting = fitToElement(options.element, fit);
  search.onDidChangeResults(({ resultIndex, resultCount }) =>
    options.onSearchResult({ index: resultIndex, count: resultCount }),
  );
  terminal.onSelectionChange(() => options.onSelectionChange(terminal.hasSelection()));
  terminal.attachCustomKeyEventHandler((event) =>
    handleTerminalKey(event, terminal, { onSearchKey: options.onSearchKey }),
  );

  return {
    take: pump.take,
    setTheme: (name) => {
      theme = name;
      terminal.options.theme = terminalThemes[name];
    },
    setScreenReaderMode: (on) => {
      terminal.options.screenReaderMode = on;
    },
    search: (query, direction) => {
      const decorations = searchDecorations[theme];
      if (query === "") search.clearDecorations();
      else if (direction === "next") search.findNext(query, { decorations });
      else search.findPrevious(query, { decorations });
    },
    endSearch: () => {
      search.clearDecorations();
      terminal.clearSelection();
    },
    scrollToEnd: () => terminal.scrollToBottom(),
    focus: () => terminal.focus(),
    textToCopy: () => (terminal.hasSelection() ? terminal.getSelection() : bufferText(terminal.buffer.active)),
    whenIdle: queue.whenIdle,
    dispose: () => {
      disposed = true;
      pump.dispose();
      queue.dispose();
      stopFollowing();
      stopFitting();
      breaks.dispose();
      terminal.dispose();
    },
  };
}

function newTerminal(options: StreamTerminalOptions): Terminal {
  return new Terminal({
    allowProposedApi: true,
    cursorBlink: false,
    cursorInactiveStyle: "none",
    disableStdin: true,
    drawBoldTextInBrightColors: false,
    fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
    fontSize: 13,
    lineHeight: 1.25,
    scrollback: SCROLLBACK_LINES,
    screenReaderMode: options.screenReaderMode,
    theme: terminalThemes[options.theme],
  });
}

function schedule(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

/** Tells whether the last line is in sight, each time that changes. */
function watchFollowing(terminal: Terminal, onChange: (following: boolean) => void): () => void {
  let following = true;
  const check = (): void => {
    const { viewportY, baseY } = terminal.buffer.active;
    const atEnd = viewportY >= baseY;
    if (atEnd === following) return;
    following = atEnd;
    onChange(atEnd);
  };
  const subscriptions = [terminal.onScroll(check), terminal.onRender(check)];
  return () => {
    for (const subscription of subscriptions) subscription.dispose();
  };
}

/**
 * Tells when the columns are others than those that text was broken for, once they rest and while the end is in sight:
 * a person who reads further up keeps the place.
 */
function watchColumns(terminal: Terminal, onSettled: () => void) {
  let brokenAt = terminal.cols;
  let cancel = (): void => undefined;
  const check = (): void => {
    const { viewportY, baseY } = terminal.buffer.active;
    if (terminal.cols === brokenAt || viewportY < baseY) return;
    brokenAt = terminal.cols;
    onSettled();
  };
  const subscription = terminal.onResize(() => {
    cancel();
    cancel = schedule(check, RESIZE_REST_MS);
  });
  return {
    check: (): void => {
      cancel();
      cancel = schedule(check, RESIZE_REST_MS);
    },
    dispose: (): void => {
      cancel();
      subscription.dispose();
    },
  };
}

/** Fits at most once a frame: a dragged divider changes the size many times between two. */
function fitToElement(element: HTMLElement, fit: FitAddon): () => void {
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      // A hidden tab has no size; fitting to nothing would reflow all lines to two columns.
      if (element.clientWidth > 0 && element.clientHeight > 0) fit.fit();
    });
  });
  observer.observe(element);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}
