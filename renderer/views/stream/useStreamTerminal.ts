import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import type { SearchResult, StreamTerminal } from "../../terminal/streamTerminal.ts";
import type { ThemeName } from "../../terminal/terminalTheme.ts";
import { openLink } from "../transcript/openLink.ts";
import { useStores } from "../useStores.ts";

/** What the view shows of the terminal. */
export interface StreamTerminalView {
  /** Null while the terminal's code loads. */
  readonly terminal: StreamTerminal | null;
  /** Why the terminal could not be loaded; null otherwise. */
  readonly problem: string | null;
  readonly following: boolean;
  readonly hasSelection: boolean;
  readonly searchResult: SearchResult | null;
}

export interface StreamTerminalUse {
  readonly element: RefObject<HTMLElement | null>;
  readonly theme: ThemeName;
  readonly screenReaderMode: boolean;
  readonly onSearchKey: () => void;
}

const initialView: StreamTerminalView = {
  terminal: null,
  problem: null,
  following: true,
  hasSelection: false,
  searchResult: null,
};

/** Loads xterm, opens it in the element, and feeds it the chosen session for as long as the view is there. */
export function useStreamTerminal({
  element,
  theme,
  screenReaderMode,
  onSearchKey,
}: StreamTerminalUse): StreamTerminalView {
  const { feed } = useStores();
  const [view, setView] = useState(initialView);
  const { terminal } = view;
  // Both are followed below: a change of theme must not open another terminal.
  const initialOptions = useEffectEvent(() => ({ theme, screenReaderMode }));

  useEffect(() => {
    let gone = false;
    let close = (): void => undefined;
    const change = (part: Partial<StreamTerminalView>): void => setView((before) => ({ ...before, ...part }));

    async function open(): Promise<void> {
      const { createStreamTerminal } = await import("../../terminal/streamTerminal.ts");
      if (gone || element.current === null) return;
      const opened = createStreamTerminal({
        element: element.current,
        ...initialOptions(),
        label: "Stream of the chosen session",
        onColumnsSettled: () => {
          unwatch();
          unwatch = feed.getState().watch(opened.take);
        },
        onFollowingChange: (following) => change({ following }),
        onSearchResult: (searchResult) => change({ searchResult }),
        onSelectionChange: (hasSelection) => change({ hasSelection }),
        onLink: openLink,
        onSearchKey,
      });
      let unwatch = feed.getState().watch(opened.take);
      close = () => {
        unwatch();
        opened.dispose();
      };
      change({ terminal: opened });
    }

    open().catch((thrown: unknown) => {
      if (!gone) change({ problem: thrown instanceof Error ? thrown.message : "The terminal did not load." });
    });
    return () => {
      gone = true;
      close();
      setView(initialView);
    };
  }, [element, feed, onSearchKey]);

  useEffect(() => terminal?.setTheme(theme), [terminal, theme]);
  useEffect(() => terminal?.setScreenReaderMode(screenReaderMode), [terminal, screenReaderMode]);
  return view;
}
