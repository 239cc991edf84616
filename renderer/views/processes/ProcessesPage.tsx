import { Search } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import type { ProcessRow } from "../../../shared/model/process.ts";
import { controlClass } from "../../components/controls.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { useMediaQuery } from "../useMediaQuery.ts";
import { useConnection, useProcesses, useSessions, useUi } from "../useStores.ts";
import { ProcessCards } from "./ProcessCards.tsx";
import { ProcessTable } from "./ProcessTable.tsx";
import {
  countWords,
  filterProcesses,
  nextSort,
  type ProcessColumn,
  type ProcessSort,
  sortProcesses,
} from "./processTable.ts";

/** The table's columns fit from here on; below, each process is a card. */
const TABLE_QUERY = "(min-width: 900px)";

/** Every claude process on the machine. */
export function ProcessesPage() {
  const items = useProcesses((state) => state.items);
  const watch = useProcesses((state) => state.watch);
  useEffect(() => watch(), [watch]);
  const [text, setText] = useState("");
  return (
    <main aria-label="Processes" className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-panel px-3 py-2">
        <h2 className="font-semibold">Processes</h2>
        <p className="grow text-xs text-dim">{items === null ? "" : countWords(items)}</p>
        <div className="relative w-64 max-sm:w-full">
          <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-dim" />
          <input
            type="search"
            aria-label="Filter processes"
            placeholder="Filter"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={`${controlClass} h-7 pl-7`}
          />
        </div>
      </header>
      <StaleNote />
      <div className="min-h-0 grow overflow-auto">{items !== null && <Processes items={items} text={text} />}</div>
    </main>
  );
}

function Processes({ items, text }: { readonly items: readonly ProcessRow[]; readonly text: string }) {
  const byId = useSessions((state) => state.byId);
  const isTable = useMediaQuery(TABLE_QUERY);
  const [sort, setSort] = useState<ProcessSort>({ column: "startedAt", direction: "descending" });
  const openDialog = useUi((state) => state.openDialog);
  const onStop = (process: ProcessRow): void => openDialog({ kind: "stopProcess", process });
  const entries = useMemo(() => {
    const titled = items.map((row) => ({
      row,
      title: row.sessionId === null ? null : (byId[row.sessionId]?.title ?? null),
    }));
    return sortProcesses(filterProcesses(titled, text), sort);
  }, [items, byId, text, sort]);
  if (items.length === 0) {
    return (
      <EmptyState title="No claude process is running">
        One shows up here as soon as a session is started: with New session, or with <code>claude</code> in any
        terminal.
      </EmptyState>
    );
  }
  if (entries.length === 0) {
    return <EmptyState title="No process matches">Pids, sessions, directories and commands are searched.</EmptyState>;
  }
  if (!isTable) return <ProcessCards entries={entries} onStop={onStop} />;
  const onSort = (column: ProcessColumn): void => setSort(nextSort(sort, column));
  return <ProcessTable entries={entries} sort={sort} onSort={onSort} onStop={onStop} />;
}

/** Says that what is shown may be old, or why nothing is shown. */
function StaleNote() {
  const items = useProcesses((state) => state.items);
  const failure = useProcesses((state) => state.failure);
  const isOpen = useConnection((state) => state.connection.status === "open");
  if (isOpen && failure === null) {
    return items === null ? <EmptyState title="Looking for claude processes…" /> : null;
  }
  const words = isOpen ? `The processes could not be listed: ${failure?.message ?? ""}` : "The host is away.";
  const shown = items === null ? "Trying again every few seconds." : "What is shown is as it was before.";
  return (
    <p role="status" className="bg-warn-soft px-3 py-1.5">
      {words} {shown}
    </p>
  );
}
