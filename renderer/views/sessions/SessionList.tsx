import { Plus, Search } from "lucide-react";
import { useMemo, useRef } from "react";
import { Button } from "../../components/Button.tsx";
import { controlClass } from "../../components/controls.ts";
import { countByFilter } from "../../stores/sessionList.ts";
import { shownFolds } from "../../stores/uiStore.ts";
import { useFocusRequest } from "../useFocusRequest.ts";
import { useProjects, useSessions, useUi } from "../useStores.ts";
import { listRows } from "./listRows.ts";
import { SessionFilters } from "./SessionFilters.tsx";
import { VirtualRows } from "./VirtualRows.tsx";

/** Every session, grouped by project, filtered and searched. */
export function SessionList() {
  const openDialog = useUi((state) => state.openDialog);
  return (
    <nav aria-label="Sessions" className="flex h-full min-h-0 flex-col bg-panel">
      <div className="flex flex-col gap-1.5 border-b border-line p-2">
        <div className="flex gap-1.5">
          <SearchBox />
          <Button
            look="primary"
            onClick={() => openDialog({ kind: "newSession", cwd: null, resume: null })}
            title="New session (N)"
          >
            <Plus aria-hidden className="size-4" />
            New
          </Button>
        </div>
        <Filters />
      </div>
      <Rows />
    </nav>
  );
}

function Filters() {
  const order = useSessions((state) => state.order);
  const total = useSessions((state) => state.total);
  const filter = useUi((state) => state.filter);
  const setPreferences = useUi((state) => state.setPreferences);
  const counts = useMemo(() => countByFilter(order, total), [order, total]);
  return <SessionFilters filter={filter} counts={counts} onFilter={(chosen) => setPreferences({ filter: chosen })} />;
}

function Rows() {
  const order = useSessions((state) => state.order);
  const sessionCounts = useProjects((state) => state.sessionCounts);
  const filter = useUi((state) => state.filter);
  const query = useUi((state) => state.query);
  const folds = useUi(shownFolds);
  const rows = useMemo(
    () => listRows({ order, filter, query, folds, sessionCounts }),
    [order, filter, query, folds, sessionCounts],
  );
  return <VirtualRows rows={rows} listKey={`${filter} ${query}`} />;
}

function SearchBox() {
  const query = useUi((state) => state.query);
  const setQuery = useUi((state) => state.setQuery);
  const box = useRef<HTMLInputElement>(null);
  useFocusRequest("search", () => box.current?.select());
  return (
    <div className="relative min-w-0 grow">
      <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-dim" />
      <input
        ref={box}
        type="search"
        aria-label="Search sessions"
        placeholder="Search ( / )"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          setQuery("");
          box.current?.blur();
        }}
        className={`${controlClass} h-7 pl-7`}
      />
    </div>
  );
}
