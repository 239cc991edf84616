import type { ProcessRow } from "../../../shared/model/process.ts";
import { formatBytes } from "../../components/formats.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { Command, Cwd, OwnerBadge, SessionLink, StopButton } from "./processCells.tsx";
import type { ProcessEntry } from "./processTable.ts";
import { formatCpu } from "./processWords.ts";

/** The processes one below the other, where a table does not fit. */
export function ProcessCards(props: {
  readonly entries: readonly ProcessEntry[];
  readonly onStop: (row: ProcessRow) => void;
}) {
  return (
    <ul aria-label="Running claude processes" className="flex flex-col gap-2 p-2">
      {props.entries.map((entry) => (
        <Card key={`${entry.row.pid} ${entry.row.startIdentity}`} entry={entry} onStop={props.onStop} />
      ))}
    </ul>
  );
}

function Card({ entry, onStop }: { readonly entry: ProcessEntry; readonly onStop: (row: ProcessRow) => void }) {
  const { row } = entry;
  return (
    <li className="flex flex-col gap-1.5 rounded-lg border border-line bg-panel p-2.5">
      <div className="flex items-start gap-2">
        <div className="min-w-0 grow">
          <SessionLink entry={entry} />
        </div>
        <StopButton row={row} onStop={onStop} />
      </div>
      <div className="text-xs">
        <Cwd row={row} />
      </div>
      <Command row={row} />
      <dl className="grid grid-cols-[auto_1fr_auto_1fr] gap-x-2 gap-y-0.5 text-xs [&>dt]:text-dim">
        <dt>Pid</dt>
        <dd className="font-mono">
          {row.pid}
          {row.parentPid !== null && <span className="font-sans text-dim"> parent {row.parentPid}</span>}
        </dd>
        <dt>Owner</dt>
        <dd>
          <OwnerBadge row={row} />
        </dd>
        <dt>Started</dt>
        <dd>{row.startedAt === null ? "–" : <RelativeTime at={row.startedAt} />}</dd>
        <dt>Tty</dt>
        <dd className="font-mono">{row.tty === null ? "–" : visibleText(row.tty)}</dd>
        <dt>CPU</dt>
        <dd>{formatCpu(row.cpuPercent)}</dd>
        <dt>Memory</dt>
        <dd>{row.memoryBytes === null ? "–" : formatBytes(row.memoryBytes)}</dd>
      </dl>
    </li>
  );
}
