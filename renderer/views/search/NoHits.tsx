import { Button } from "../../components/Button.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { activeFilterCount, noFilters } from "../../stores/searchFilters.ts";
import { counted } from "../../terminal/figures.ts";
import { useSearch, useUi } from "../useStores.ts";

/** What stands where no hits are: what can be done about it. */
export function NoHits({ isOff }: { readonly isOff: boolean }) {
  return (
    <div className="min-h-0 grow overflow-y-auto">
      <Words isOff={isOff} />
    </div>
  );
}

function Words({ isOff }: { readonly isOff: boolean }) {
  const { phase, failure, foundFor, filters, partial, run, setFilters } = useSearch((state) => state);
  if (isOff || failure?.code === "search_unavailable") return <SearchIsOff message={failure?.message ?? null} />;
  if (phase === "failed") {
    return (
      <EmptyState title="The search failed" action={<Button onClick={() => void run(true)}>Search again</Button>}>
        <span role="alert">{failure?.message}</span>
      </EmptyState>
    );
  }
  if (phase === "searching") return <EmptyState title="Searching…" />;
  if (phase === "idle") return <HowToSearch />;
  const active = activeFilterCount(filters);
  return (
    <EmptyState
      title={`Nothing found for “${foundFor}”`}
      action={active > 0 && <Button onClick={() => setFilters(noFilters)}>Search without filters</Button>}
    >
      {active > 0 ? `${counted(active, "filter narrows", "filters narrow")} the search. ` : ""}
      Every word has to occur in one message; fewer or shorter words find more.
      {partial && " The search index is not complete yet, so it may turn up later."}
    </EmptyState>
  );
}

function HowToSearch() {
  return (
    <EmptyState title="Search what was said in any session">
      Prompts and answers of all projects, running or long ended. Every word has to occur; put a phrase in double
      quotes. A hit opens the transcript at its place.
    </EmptyState>
  );
}

function SearchIsOff({ message }: { readonly message: string | null }) {
  const openDialog = useUi((state) => state.openDialog);
  return (
    <EmptyState
      title="Full-text search is switched off"
      action={
        <Button look="primary" onClick={() => openDialog({ kind: "settings" })}>
          Open the settings
        </Button>
      }
    >
      {message ?? "Switch it on in the settings; its index is then built in the background."} Sessions can still be
      found by title, project, branch and id in the list.
    </EmptyState>
  );
}
