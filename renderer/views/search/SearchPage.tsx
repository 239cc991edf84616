import { useEffect, useRef } from "react";
import { useConnection, useStores } from "../useStores.ts";
import { SearchBox } from "./SearchBox.tsx";
import { SearchFilterBar } from "./SearchFilterBar.tsx";
import { SearchNote } from "./SearchNote.tsx";
import { SearchResults } from "./SearchResults.tsx";

/** Milliseconds without a key after which the search begins by itself: shorter than a pause, longer than a keystroke. */
const PAUSE_MS = 220;

/** Full-text search over what was said in every session; a hit leads to its place in the transcript. */
export function SearchPage() {
  const page = useRef<HTMLElement>(null);
  useSearchAfterPause();
  useSearchOnceWhole();
  return (
    <main ref={page} aria-label="Search" className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex flex-col gap-2 border-b border-line bg-panel px-3 py-2.5">
        <SearchBox onDown={() => focusHit(page.current)} />
        <SearchFilterBar />
      </header>
      <SearchNote />
      <SearchResults onTop={() => page.current?.querySelector<HTMLElement>('input[type="search"]')?.focus()} />
    </main>
  );
}

function useSearchAfterPause(): void {
  const { search } = useStores();
  useEffect(() => {
    const run = (): void => void search.getState().run();
    let timer = setTimeout(run, PAUSE_MS);
    const leave = search.subscribe((state, before) => {
      if (state.query === before.query && state.filters === before.filters) return;
      clearTimeout(timer);
      timer = setTimeout(run, PAUSE_MS);
    });
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [search]);
}

/** Searches again by itself when more can be found than before: the index is whole now, or switched on again. */
function useSearchOnceWhole(): void {
  const { search } = useStores();
  const state = useConnection(({ host }) => host?.search.state ?? "off");
  useEffect(() => {
    const { partial, failure, run } = search.getState();
    const wasOff = failure?.code === "search_unavailable";
    if ((state === "ready" && partial) || (state !== "off" && wasOff)) void run(true);
  }, [state, search]);
}

function focusHit(page: HTMLElement | null): void {
  page?.querySelector<HTMLElement>('[data-hit][tabindex="0"]')?.focus();
}
