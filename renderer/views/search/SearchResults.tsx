import { type KeyboardEvent, type UIEvent, useRef } from "react";
import type { SearchHit } from "../../../shared/model/search.ts";
import { Button } from "../../components/Button.tsx";
import { counted } from "../../terminal/figures.ts";
import { useConnection, useSearch, useStores, useUi } from "../useStores.ts";
import { HitGroupView } from "./HitGroupView.tsx";
import { NoHits } from "./NoHits.tsx";

/** Pixels from the end within which further hits are loaded. */
const END_PX = 300;

/** What the arrow keys walk, in the order on the screen. */
const STOPS = "[data-hit], [data-fold]";

/** The hits by session, best first. Arrow keys walk them, Enter opens one; above the first is the search box. */
export function SearchResults({ onTop }: { readonly onTop: () => void }) {
  const list = useRef<HTMLDivElement>(null);
  const { groups, hitCount, phase, nextCursor, isLoadingMore, failure } = useSearch((state) => state);
  const { loadMore, setActiveIndex } = useSearch((state) => state);
  const isOff = useConnection((state) => state.host?.search.state === "off");
  const { showPlace, chooseSession } = useUi((state) => state);
  const { jumps } = useStores();
  if (hitCount === 0 || isOff) return <NoHits isOff={isOff} />;

  const open = (hit: SearchHit, index: number): void => {
    setActiveIndex(index);
    const { sessionId, role, seq, subagent } = hit;
    if (role !== "subagent") return showPlace({ sessionId, seq });
    // What no file leads to is somewhere in the session.
    if (subagent === null) return chooseSession(sessionId);
    void jumps.getState().lead(sessionId, { toolUseId: subagent, seq });
  };
  const go = (stops: readonly HTMLElement[], place: number): void => {
    if (place < 0) return onTop();
    const stop = stops[Math.min(place, stops.length - 1)];
    const hit = stop?.dataset["hit"];
    if (hit !== undefined) setActiveIndex(Number(hit));
    stop?.focus();
    stop?.scrollIntoView({ block: "nearest" });
    if (place >= stops.length - 1) void loadMore();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const stops = [...(list.current?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
    const at = stops.findIndex((stop) => stop === event.target);
    if (at === -1 || event.ctrlKey || event.metaKey || event.altKey) return;
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: stops.findIndex(({ dataset }) => dataset["hit"] !== undefined),
      End: stops.length - 1,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    go(stops, place);
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
        {phase === "searching" ? "Searching…" : foundWords(hitCount, groups.length, nextCursor !== null)}
      </p>
      {groups.map((group) => (
        <HitGroupView key={group.sessionId} group={group} onOpen={open} />
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

function foundWords(hits: number, sessions: number, hasMore: boolean): string {
  return `${hasMore ? "The first " : ""}${counted(hits, "hit")} in ${counted(sessions, "session")}, best first`;
}
