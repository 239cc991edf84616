import { Button } from "../../components/Button.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { Keys, keyHintClass } from "../../components/Keys.tsx";
import { useConnection, useIndex, useSessions, useUi } from "../useStores.ts";
import { type NothingListed, nothingListed } from "./nothingListed.ts";

/** The list's empty state: why nothing is listed and what to do next. */
export function NoSessions() {
  const filter = useUi((state) => state.filter);
  const query = useUi((state) => state.query);
  const loaded = useSessions((state) => state.loaded);
  const index = useConnection((state) => state.host?.index ?? null);
  const isOpen = useConnection((state) => state.connection.status === "open");
  const words = nothingListed({ filter, query, loaded, index, isOpen });
  return (
    <EmptyState title={words.title} action={<WayOut action={words.action} />}>
      {words.text}
    </EmptyState>
  );
}

function WayOut({ action }: { readonly action: NothingListed["action"] }) {
  const setQuery = useUi((state) => state.setQuery);
  const setPreferences = useUi((state) => state.setPreferences);
  const openDialog = useUi((state) => state.openDialog);
  const scan = useIndex((state) => state.scan);
  const isBusy = useIndex((state) => state.busy !== null);
  switch (action) {
    case "clear":
      return <Button onClick={() => setQuery("")}>Clear the search</Button>;
    case "showAll":
      return <Button onClick={() => setPreferences({ filter: "all" })}>Show all sessions</Button>;
    case "scan":
      return (
        <Button disabled={isBusy} onClick={() => void scan()}>
          {isBusy ? "Asking…" : "Read the transcripts"}
        </Button>
      );
    case "start":
      return (
        <Button look="primary" onClick={() => openDialog({ kind: "newSession", cwd: null, resume: null })}>
          New session <Keys keys={["N"]} className={keyHintClass} />
        </Button>
      );
    case "none":
      return null;
  }
}
