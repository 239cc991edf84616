/** The fields of `/proc/<pid>/stat` that tell one process from another. */
export interface ProcStat {
  readonly pid: number;
  readonly ppid: number;
  readonly processGroup: number;
  /** When it started, in clock ticks since boot; exact where `ps` rounds to seconds. */
  readonly startTicks: string;
  /** A zombie or already gone: it holds a pid and nothing else. */
  readonly isDead: boolean;
}

/**
 * Reads the text of `/proc/<pid>/stat`, null when it is not one. The command name, second, stands in parentheses and
 * may itself hold spaces and parentheses, so everything counts from the last closing one.
 */
export function parseProcStat(text: string): ProcStat | null {
  const nameEnd = text.lastIndexOf(")");
  const pid = Number.parseInt(text, 10);
  const fields = text
    .slice(nameEnd + 1)
    .trim()
    .split(/\s+/u);
  const [state, ppid, processGroup] = fields;
  const startTicks = fields[START_TICKS_FIELD];
  if (nameEnd === -1 || Number.isNaN(pid) || state === undefined) return null;
  if (ppid === undefined || processGroup === undefined || startTicks === undefined) return null;
  const isDead = state === "Z" || state === "X" || state === "x";
  return { pid, ppid: Number(ppid), processGroup: Number(processGroup), startTicks, isDead };
}

/** `starttime` is field 22 of proc(5); the list here begins with field 3. */
const START_TICKS_FIELD = 19;
