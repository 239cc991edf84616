/** What a probe tells of one running process. What the system does not tell is null, never zero. */
export interface ProcessDetails {
  readonly pid: number;
  readonly parentPid: number | null;
  /** The program first. */
  readonly argv: readonly string[] | null;
  readonly cwd: string | null;
  /** E.g. `pts/3`; null when it has no terminal. */
  readonly tty: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly memoryBytes: number | null;
  /** Processor time used since its start; where this is known, the percentage is worked out from two looks. */
  readonly cpuTimeMs: number | null;
  /** As the system works it out, where it does. */
  readonly cpuPercent: number | null;
}

/** Details of those of the given processes that run; a process that cannot be looked at is left out. */
export type ProbeProcesses = (pids: readonly number[]) => Promise<readonly ProcessDetails[]>;
