import { type KeyboardEvent, type UIEvent, useMemo, useRef } from "react";
import type { SearchHit } from "../../../shared/model/search.ts";
import { Button } from "../../components/Button.tsx";
import { counted } from "../../terminal/figures.ts";
import { useConnection, useSearch, useStores, useUi } from "../useStores.ts";
import { groupHits } from "./groupHits.ts";
import { HitGroupView } from "./HitGroupView.tsx";
import { NoHits } from "./NoHits.tsx";

/** Pixels from the end within which further hits are loaded. */
const END_PX = 300;

/** The hits, best first. Arrow keys walk them, Enter opens one; above the first is the search box. */
export function SearchResults({ onTop }: { readonly onTop: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  const { hits, phase, nextCursor, isLoadingMore, failure } = useSearch((state) => state);
  const { loadMore, setActiveIndex } = useSearch((state) => state);
  const isOff = useConnection((state) => state.host?.search.state === "off");
  const { showPlace, chooseSession } = useUi((state) => state);
  const { jumps } = useStores();
  const groups = useMemo(() => groupHits(hits), [hits]);
  if (hits.length === 0 || isOff) return <NoHits isOff={isOff} />;

  const open = (hit: SearchHit, index: number): void => {
    setActiveIndex(index);
    const { sessionId, role, seq, subagent } = hit;
    if (role !== "subagent") return showPlace({ sessionId, seq });
    // What no file leads to is somewhere in the session.
    if (subagent === null) return chooseSession(sessionId);
    void jumps.getState().lead(sessionId, { toolUseId: subagent, seq });
  };
  const go = (index: number): void => {
    if (index < 0) return onTop();
    const target = Math.min(index, hits.length - 1);
    const row = list.current?.querySelector<HTMLElement>(`[data-hit="${target}"]`);
    setActiveIndex(target);
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
    if (index >= hits.length - 1) void loadMore();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = event.target instanceof HTMLElement ? event.target.getAttribute("data-hit") : null;
    if (at === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: Number(at) + 1,
      ArrowUp: Number(at) - 1,
      Home: 0,
      End: hits.length - 1,
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    go(target);
  };
  const onScroll = ({ currentTarget: { scrollHeight, clientHeight, scrollTop } }: UIEvent): void => {
    if (scrollHeight - clientHeight - scrollTop < END_PX) void loadMore();
  };

  return (
    <div
      ref={list}
      role="presentation"
      className="min-h-0 grow overflow-y-auto px-2 pb-4"
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      aria-busy={phase === "searching"}
    >
      <p role="status" className="px-2 pt-2 text-xs text-dim">
        {phase === "searching" ? "Searching…" : foundWords(hits.length, nextCursor !== null)}
      </p>
      {groups.map((group) => (
        <HitGroupView key={group.hits[0]?.index} group={group} onOpen={open} />
      ))}
      {nextCursor !== null && (
        <div className="flex items-center gap-2 px-2 py-3">
          <Button disabled={isLoadingMore} onClick={() => void loadMore()}>
            {isLoadingMore ? "Loading more…" : "Show more"}
          </Button>
          {failure !== null && (
            <span role="alert" className="text-danger">
              {failure.message}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function foundWords(count: number, hasMore: boolean): string {
  return `${hasMore ? "The first " : ""}${counted(count, "hit")}, best first`;
}
