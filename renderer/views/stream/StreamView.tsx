import { ArrowDownToLine, Search } from "lucide-react";
import { useCallback, useRef, useState } from "react";
import { Button } from "../../components/Button.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { COMMAND_KEY } from "../../components/Keys.tsx";
import { terminalThemes } from "../../terminal/terminalTheme.ts";
import { useFeed } from "../useStores.ts";
import { CopyStream } from "./CopyStream.tsx";
import { StreamSearch } from "./StreamSearch.tsx";
import { useSearchKey } from "./useSearchKey.ts";
import { useStreamTerminal } from "./useStreamTerminal.ts";
import { useThemeName } from "./useThemeName.ts";

/** The chosen session as it happens, in a terminal that only we write to. */
export function StreamView() {
  const element = useRef<HTMLDivElement>(null);
  const theme = useThemeName();
  const [screenReaderMode, setScreenReaderMode] = useState(false);
  const [searches, setSearches] = useState(0);
  const [searching, setSearching] = useState(false);
  const startSearch = useCallback(() => {
    setSearching(true);
    setSearches((count) => count + 1);
  }, []);
  useSearchKey(startSearch);
  const view = useStreamTerminal({ element, theme, screenReaderMode, onSearchKey: startSearch });
  const { terminal } = view;
  const endSearch = (): void => {
    setSearching(false);
    terminal?.focus();
  };

  return (
    <section aria-label="Stream" className="flex h-full min-h-0 flex-col bg-panel">
      <div className="relative min-h-0 grow" style={{ background: terminalThemes[theme].background }}>
        <div ref={element} className="absolute inset-y-0 right-0 left-3" />
        <StreamNotice problem={view.problem} loading={terminal === null} />
        {searching && terminal !== null && (
          <StreamSearch terminal={terminal} result={view.searchResult} focusRequest={searches} onClose={endSearch} />
        )}
        {!view.following && (
          <Button
            look="primary"
            className="absolute right-5 bottom-3 z-10 shadow-(--shadow)"
            onClick={() => terminal?.scrollToEnd()}
          >
            <ArrowDownToLine aria-hidden className="size-4" /> Jump to the end
          </Button>
        )}
      </div>
      <footer className="flex h-8 shrink-0 items-center gap-2 border-t border-line px-3 text-xs text-dim">
        <span aria-live="polite" className={view.following ? "text-ok" : "text-warn"}>
          {view.following ? "Following" : "Paused: scrolled up"}
        </span>
        <span className="grow" />
        <label className="flex items-center gap-1.5">
          <input
            type="checkbox"
            checked={screenReaderMode}
            onChange={(event) => setScreenReaderMode(event.target.checked)}
          />
          Screen reader mode
        </label>
        <Button look="quiet" size="small" disabled={terminal === null} onClick={startSearch} title={`${COMMAND_KEY}+F`}>
          <Search aria-hidden className="size-3.5" /> Search
        </Button>
        <CopyStream terminal={terminal} hasSelection={view.hasSelection} />
      </footer>
    </section>
  );
}

function StreamNotice({ problem, loading }: { readonly problem: string | null; readonly loading: boolean }) {
  const phase = useFeed((state) => state.phase);
  const failure = useFeed((state) => state.failure);
  const words = noticeWords({ problem, loading, phase, failure: failure?.message ?? null });
  if (words === null) return null;
  return (
    <div className="absolute inset-0 z-5 flex items-center bg-panel">
      <EmptyState title={words.title}>{words.text}</EmptyState>
    </div>
  );
}

function noticeWords(state: {
  readonly problem: string | null;
  readonly loading: boolean;
  readonly phase: "none" | "loading" | "live" | "failed";
  readonly failure: string | null;
}): { readonly title: string; readonly text: string } | null {
  if (state.problem !== null)
    return { title: "The terminal did not load", text: `${state.problem} Reload the window.` };
  if (state.phase === "none") return { title: "No session is chosen", text: "Choose one on the left, or start one." };
  if (state.phase === "failed") return { title: "This session cannot be shown", text: state.failure ?? "" };
  if (state.phase === "loading") return { title: "Loading the session…", text: "Its newest events are on their way." };
  return state.loading ? { title: "Opening the terminal…", text: "" } : null;
}
