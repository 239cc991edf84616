import { useState } from "react";
import type { ProcessOwner, ProcessRow } from "../../../shared/model/process.ts";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { processKey } from "../../stores/processesStore.ts";
import { projectName } from "../../stores/sessionList.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useProcesses, useUi } from "../useStores.ts";
import type { ProcessEntry } from "./processTable.ts";
import { ownerWords, shortCommand, stopRefusal } from "./processWords.ts";

const badgeClass: Readonly<Record<ProcessOwner, string>> = {
  owned: "border-accent/60 bg-accent-soft",
  observed: "border-line-strong/60",
  orphan: "border-warn/60 bg-warn-soft",
};

/** Whose process it is. */
export function OwnerBadge({ row: { owner, routes } }: { readonly row: ProcessRow }) {
  const { label, title } = ownerWords[owner];
  return (
    <>
      <span
        title={title}
        className={cn("rounded border px-1 text-[11px] leading-4 whitespace-nowrap", badgeClass[owner])}
      >
        {label}
      </span>
      {routes.length > 0 && (
        <span className="mt-0.5 block truncate text-[11px] text-dim" title="The routes by which a payload reaches it">
          {routes.join(", ")}
        </span>
      )}
    </>
  );
}

/** The session that the process has open; a click shows it. */
export function SessionLink({ entry: { row, title } }: { readonly entry: ProcessEntry }) {
  const chooseSession = useUi((state) => state.chooseSession);
  const { sessionId } = row;
  if (sessionId === null) return <span className="text-dim">no known session</span>;
  return (
    <button
      type="button"
      title={`Open session ${sessionId}`}
      onClick={() => chooseSession(sessionId)}
      className="max-w-full truncate rounded text-left font-medium text-accent hover:underline"
    >
      {visibleText(title ?? sessionId)}
    </button>
  );
}

/** The directory's name, with the whole path on hover; the project beside it where it is another one. */
export function Cwd({ row: { cwd, projectPath } }: { readonly row: ProcessRow }) {
  const path = cwd ?? projectPath;
  if (path === null) return <span className="text-dim">–</span>;
  const isElsewhere = projectPath !== null && projectPath !== path;
  return (
    <span className="block truncate" title={visibleText(path)}>
      {visibleText(projectName(path))}
      {isElsewhere && <span className="text-dim"> of {visibleText(projectName(projectPath))}</span>}
    </span>
  );
}

/** The command line, on one line and without the program's directory until it is clicked. */
export function Command({ row: { command } }: { readonly row: ProcessRow }) {
  const [isWhole, setWhole] = useState(false);
  if (command === null) return <span className="text-dim">–</span>;
  return (
    <button
      type="button"
      aria-expanded={isWhole}
      title={isWhole ? undefined : visibleText(command)}
      onClick={() => setWhole(!isWhole)}
      className={cn("w-full rounded text-left font-mono text-[11px] leading-4", isWhole ? "break-all" : "truncate")}
    >
      {visibleText(isWhole ? command : shortCommand(command))}
    </button>
  );
}

/** Asks to stop the process; says why where it cannot be. */
export function StopButton(props: { readonly row: ProcessRow; readonly onStop: (row: ProcessRow) => void }) {
  const { row, onStop } = props;
  const isStopping = useProcesses((state) => state.stopping[processKey(row)] === true);
  const refusal = stopRefusal(row);
  return (
    <Button
      size="small"
      disabled={isStopping || refusal !== null}
      title={refusal ?? undefined}
      aria-label={`${isStopping ? "Stopping" : "Stop"} process ${row.pid}`}
      onClick={() => onStop(row)}
    >
      {isStopping ? "Stopping…" : "Stop"}
    </Button>
  );
}
