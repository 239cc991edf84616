import { Plus, Search } from "lucide-react";
import { useMemo, useRef } from "react";
import { Button } from "../../components/Button.tsx";
import { controlClass } from "../../components/controls.ts";
import { countByFilter, groupByProject, type ProjectGroup, visibleSessions } from "../../stores/sessionList.ts";
import { useFocusRequest } from "../useFocusRequest.ts";
import { useSessions, useUi } from "../useStores.ts";
import { NoSessions } from "./NoSessions.tsx";
import { SessionFilters } from "./SessionFilters.tsx";
import { SessionRow } from "./SessionRow.tsx";

/** Every session, grouped by project, filtered and searched. */
export function SessionList() {
  const byId = useSessions((state) => state.byId);
  const filter = useUi((state) => state.filter);
  const query = useUi((state) => state.query);
  const setPreferences = useUi((state) => state.setPreferences);
  const openDialog = useUi((state) => state.openDialog);
  const all = useMemo(() => Object.values(byId), [byId]);
  const counts = useMemo(() => countByFilter(all), [all]);
  const groups = useMemo(() => groupByProject(visibleSessions(all, filter, query)), [all, filter, query]);
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
        <SessionFilters filter={filter} counts={counts} onFilter={(chosen) => setPreferences({ filter: chosen })} />
      </div>
      <div className="min-h-0 grow overflow-y-auto p-1.5">
        {groups.length === 0 ? (
          <NoSessions />
        ) : (
          groups.map((group) => <Project key={group.projectPath} group={group} />)
        )}
      </div>
    </nav>
  );
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

function Project({ group }: { readonly group: ProjectGroup }) {
  const chosenId = useUi((state) => state.chosenSessionId);
  const chooseSession = useUi((state) => state.chooseSession);
  return (
    <section className="mb-2">
      <h2 className="truncate px-2 py-0.5 text-[11px] font-semibold tracking-wide text-dim" title={group.projectPath}>
        {group.name}
      </h2>
      <ul>
        {group.sessions.map((session) => (
          <li key={session.sessionId}>
            <SessionRow session={session} chosen={session.sessionId === chosenId} onChoose={chooseSession} />
          </li>
        ))}
      </ul>
    </section>
  );
}
