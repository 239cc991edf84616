import { ArrowDown, ArrowUp } from "lucide-react";
import type { ProcessRow } from "../../../shared/model/process.ts";
import { cn } from "../../components/cn.ts";
import { formatBytes } from "../../components/formats.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { Command, Cwd, OwnerBadge, SessionLink, StopButton } from "./processCells.tsx";
import type { ProcessColumn, ProcessEntry, ProcessSort } from "./processTable.ts";
import { formatCpu } from "./processWords.ts";

const columns: readonly { readonly column: ProcessColumn; readonly label: string; readonly className: string }[] = [
  { column: "pid", label: "Pid", className: "w-24 text-right" },
  { column: "owner", label: "Owner", className: "w-24" },
  { column: "session", label: "Session", className: "w-[20%]" },
  { column: "cwd", label: "Directory", className: "w-[16%]" },
  { column: "command", label: "Command", className: "" },
  { column: "tty", label: "Tty", className: "w-16" },
  { column: "startedAt", label: "Started", className: "w-20 text-right" },
  { column: "cpu", label: "CPU", className: "w-16 text-right" },
  { column: "memory", label: "Memory", className: "w-20 text-right" },
];

/** The processes as a table, sorted by the column that is clicked. */
export function ProcessTable(props: {
  readonly entries: readonly ProcessEntry[];
  readonly sort: ProcessSort;
  readonly onSort: (column: ProcessColumn) => void;
  readonly onStop: (row: ProcessRow) => void;
}) {
  const { entries, sort, onSort, onStop } = props;
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-xs">
      <caption className="sr-only">Running claude processes</caption>
      <thead className="sticky top-0 z-10 bg-panel text-left text-dim">
        <tr>
          {columns.map(({ column, label, className }) => (
            <th
              key={column}
              scope="col"
              aria-sort={sort.column === column ? sort.direction : "none"}
              className={cn("border-b border-line px-1 font-medium first:pl-2", className)}
            >
              <SortButton
                label={label}
                sort={sort.column === column ? sort.direction : null}
                onClick={() => onSort(column)}
              />
            </th>
          ))}
          <th scope="col" className="w-18 border-b border-line px-2 font-medium">
            <span className="sr-only">Stop</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={`${entry.row.pid} ${entry.row.startIdentity}`} entry={entry} onStop={onStop} />
        ))}
      </tbody>
    </table>
  );
}

function SortButton(props: {
  readonly label: string;
  readonly sort: ProcessSort["direction"] | null;
  readonly onClick: () => void;
}) {
  const { label, sort, onClick } = props;
  const Arrow = sort === "ascending" ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={onClick}
      className={cn("inline-flex h-7 items-center gap-1 rounded px-1 hover:text-ink", sort !== null && "text-ink")}
    >
      {label}
      {sort !== null && <Arrow aria-hidden className="size-3" />}
    </button>
  );
}

const cell = "border-b border-line px-2 py-1.5 align-top";

function Row({ entry, onStop }: { readonly entry: ProcessEntry; readonly onStop: (row: ProcessRow) => void }) {
  const { row } = entry;
  return (
    <tr className="hover:bg-sunken">
      <th scope="row" className={cn(cell, "text-right font-mono font-normal")}>
        {row.pid}
        {row.parentPid !== null && (
          <span className="block font-sans text-[11px] whitespace-nowrap text-dim" title="The process that started it">
            parent {row.parentPid}
          </span>
        )}
      </th>
      <td className={cell}>
        <OwnerBadge row={row} />
      </td>
      <td className={cell}>
        <SessionLink entry={entry} />
      </td>
      <td className={cell}>
        <Cwd row={row} />
      </td>
      <td className={cell}>
        <Command row={row} />
      </td>
      <td className={cn(cell, "font-mono break-words")}>{row.tty === null ? "–" : visibleText(row.tty)}</td>
      <td className={cn(cell, "text-right whitespace-nowrap")}>
        {row.startedAt === null ? "–" : <RelativeTime at={row.startedAt} />}
      </td>
      <td className={cn(cell, "text-right")}>{formatCpu(row.cpuPercent)}</td>
      <td className={cn(cell, "text-right whitespace-nowrap")}>
        {row.memoryBytes === null ? "–" : formatBytes(row.memoryBytes)}
      </td>
      <td className={cn(cell, "py-1 text-right")}>
        <StopButton row={row} onStop={onStop} />
      </td>
    </tr>
  );
}
