import type { ProcessOwner, ProcessRow } from "../../../shared/model/process.ts";

/** What the table can be sorted by. */
export type ProcessColumn = "pid" | "session" | "cwd" | "command" | "startedAt" | "tty" | "cpu" | "memory" | "owner";

export interface ProcessSort {
  readonly column: ProcessColumn;
  readonly direction: "ascending" | "descending";
}

/** A process with the title of its session, which the process list does not tell. */
export interface ProcessEntry {
  readonly row: ProcessRow;
  /** Null when it has no session, or one that is not known here. */
  readonly title: string | null;
}

/** Orphans first, since something is to be done about them. */
const ownerRank: Readonly<Record<ProcessOwner, number>> = { orphan: 0, owned: 1, observed: 2 };

const valueOf: Readonly<Record<ProcessColumn, (entry: ProcessEntry) => string | number | null>> = {
  pid: ({ row }) => row.pid,
  session: ({ row, title }) => (title ?? row.sessionId)?.toLowerCase() ?? null,
  cwd: ({ row }) => row.projectPath ?? row.cwd,
  command: ({ row }) => row.command,
  startedAt: ({ row }) => (row.startedAt === null ? null : Date.parse(row.startedAt)),
  tty: ({ row }) => row.tty,
  cpu: ({ row }) => row.cpuPercent,
  memory: ({ row }) => row.memoryBytes,
  owner: ({ row }) => ownerRank[row.owner],
};

/** Sorted by a column; what is not known stands last in either direction, and equals stand by pid. */
export function sortProcesses(entries: readonly ProcessEntry[], { column, direction }: ProcessSort) {
  const read = valueOf[column];
  const sign = direction === "ascending" ? 1 : -1;
  return entries.toSorted((one, other) => {
    const [first, second] = [read(one), read(other)];
    if (first === second) return one.row.pid - other.row.pid;
    if (first === null) return 1;
    if (second === null) return -1;
    return first < second ? -sign : sign;
  });
}

/** The sort after a click on a column: numbers and times begin with the largest, words with the first. */
export function nextSort(sort: ProcessSort, column: ProcessColumn): ProcessSort {
  if (sort.column === column) {
    return { column, direction: sort.direction === "ascending" ? "descending" : "ascending" };
  }
  const largestFirst: readonly ProcessColumn[] = ["cpu", "memory", "startedAt"];
  return { column, direction: largestFirst.includes(column) ? "descending" : "ascending" };
}

/** The processes that hold every word of the text somewhere. */
export function filterProcesses(entries: readonly ProcessEntry[], text: string): readonly ProcessEntry[] {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  return entries.filter((entry) => {
    const all = searchedText(entry).toLowerCase();
    return words.every((word) => all.includes(word));
  });
}

function searchedText({ row, title }: ProcessEntry): string {
  const { pid, parentPid, tty, cwd, command, owner, sessionId, projectPath, routes } = row;
  return [pid, parentPid, tty, cwd, command, owner, sessionId, projectPath, title, ...routes].join("\n");
}

/** How many there are of each owner, in words, e.g. `5 processes: 2 owned, 3 observed`. */
export function countWords(rows: readonly ProcessRow[]): string {
  const owners: readonly ProcessOwner[] = ["owned", "observed", "orphan"];
  const parts = owners.flatMap((owner) => {
    const count = rows.filter((row) => row.owner === owner).length;
    const word = owner === "orphan" ? "left over" : owner;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const whole = rows.length === 1 ? "1 process" : `${rows.length} processes`;
  return parts.length === 0 ? whole : `${whole}: ${parts.join(", ")}`;
}
