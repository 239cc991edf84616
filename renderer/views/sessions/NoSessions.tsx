import { Button } from "../../components/Button.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { Keys, keyHintClass } from "../../components/Keys.tsx";
import type { SessionFilter } from "../../stores/uiPreferences.ts";
import { useConnection, useSessions, useUi } from "../useStores.ts";

const nothing: Readonly<Record<SessionFilter, { title: string; text: string }>> = {
  live: { title: "No session is running", text: "Start one, or show all to resume one that has ended." },
  needsYou: { title: "Nothing needs you", text: "Requests and questions will show up here and in the inbox." },
  owned: { title: "No session was started here", text: "Sessions that you start in Switchboard are listed here." },
  all: { title: "No sessions yet", text: "Start the first one: choose a directory and say what shall be done." },
};

/** The list's empty state: why nothing is listed and what to do next. */
export function NoSessions() {
  const filter = useUi((state) => state.filter);
  const query = useUi((state) => state.query);
  const setQuery = useUi((state) => state.setQuery);
  const setPreferences = useUi((state) => state.setPreferences);
  const openDialog = useUi((state) => state.openDialog);
  const loaded = useSessions((state) => state.loaded);
  const isOpen = useConnection((state) => state.connection.status === "open");
  if (!loaded) {
    return <EmptyState title={isOpen ? "Loading the sessions…" : "Waiting for the host…"} />;
  }
  if (query.trim() !== "") {
    return (
      <EmptyState title="No session matches" action={<Button onClick={() => setQuery("")}>Clear the search</Button>}>
        Titles, projects, branches, models and ids are searched.
      </EmptyState>
    );
  }
  const start = (
    <Button look="primary" onClick={() => openDialog({ kind: "newSession", cwd: null, resume: null })}>
      New session <Keys keys={["N"]} className={keyHintClass} />
    </Button>
  );
  const showAll = <Button onClick={() => setPreferences({ filter: "all" })}>Show all sessions</Button>;
  return (
    <EmptyState title={nothing[filter].title} action={filter === "needsYou" ? showAll : start}>
      {nothing[filter].text}
    </EmptyState>
  );
}
