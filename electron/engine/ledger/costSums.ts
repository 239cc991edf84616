/** Sums over entries: which ones are meant, and how they are added up. */
import type { CostSum } from "../../../shared/model/cost.ts";
import { FLAG_INCOMPLETE } from "../storage/ledgerCharge.ts";
import type { EntryTable } from "./entryTable.ts";
import { microUsd } from "./pricing/money.ts";

const MICRO_PER_USD = 1_000_000;

/** Whose entries are asked for, whenever they were made. */
export interface WhoseCosts {
  readonly project?: string | undefined;
  readonly model?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly owner?: "owned" | "observed" | undefined;
}

/** Which entries are asked for. */
export interface CostFilters extends WhoseCosts {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The filters as entries are looked at: by numbers. */
export interface EntryFilter {
  readonly fromMs: number;
  readonly toMs: number;
  /** Null: all. */
  readonly sessions: ReadonlySet<number> | null;
  readonly kinds: ReadonlySet<number> | null;
}

/** Entries of unknown time are in answers without bounds only. */
export function entryFilter(table: EntryTable, filters: CostFilters): EntryFilter {
  const { from, to, project, model, sessionId, owner } = filters;
  const bySession = project !== undefined || sessionId !== undefined || owner !== undefined;
  const sessions = [...table.sessions.values()].filter(
    (row) =>
      (project === undefined || row.projectPath === project) &&
      (sessionId === undefined || row.sessionId === sessionId) &&
      (owner === undefined || (row.isOwned === 1) === (owner === "owned")),
  );
  const kinds = [...table.models].filter(([, name]) => name === model).map(([key]) => key);
  return {
    fromMs: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    toMs: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to),
    sessions: bySession ? new Set(sessions.map(({ key }) => key)) : null,
    kinds: model === undefined ? null : new Set(kinds),
  };
}

export function passes(table: EntryTable, place: number, filter: EntryFilter): boolean {
  const session = table.session[place] ?? 0;
  if (session === 0) return false;
  const at = table.atMs[place] ?? Number.NaN;
  if (Number.isNaN(at)) {
    if (filter.fromMs !== Number.NEGATIVE_INFINITY || filter.toMs !== Number.POSITIVE_INFINITY) return false;
  } else if (at < filter.fromMs || at >= filter.toMs) return false;
  if (filter.sessions !== null && !filter.sessions.has(session)) return false;
  return filter.kinds === null || filter.kinds.has(table.kind[place] ?? 0);
}

/** Whether what the CLI's totals hold beyond messages is asked for: it is of a session, and of no model. */
export function passesRemainder(session: number, { sessions, kinds }: EntryFilter): boolean {
  return kinds === null && (sessions === null || sessions.has(session));
}

/** A sum that grows. Whole nano-dollars: rounded once, when it is told. */
export class RunningSum {
  nanoUsd = 0;
  unattributedNano = 0;
  savedNano = 0;
  input = 0;
  output = 0;
  cacheRead = 0;
  cacheWrite5m = 0;
  cacheWrite1h = 0;
  messages = 0;
  unpriced = 0;
  incomplete = 0;
  /** The newest. */
  lastMs = Number.NEGATIVE_INFINITY;

  add(table: EntryTable, place: number): void {
    const nano = table.nanoUsd[place] ?? Number.NaN;
    if (Number.isNaN(nano)) this.unpriced += 1;
    else this.nanoUsd += nano;
    this.savedNano += table.savedNano[place] ?? 0;
    this.input += table.input[place] ?? 0;
    this.output += table.output[place] ?? 0;
    this.cacheRead += table.cacheRead[place] ?? 0;
    this.cacheWrite5m += table.cacheWrite5m[place] ?? 0;
    this.cacheWrite1h += table.cacheWrite1h[place] ?? 0;
    this.messages += 1;
    if (((table.flags[place] ?? 0) & FLAG_INCOMPLETE) !== 0) this.incomplete += 1;
    const at = table.atMs[place] ?? Number.NaN;
    if (at > this.lastMs) this.lastMs = at;
  }

  clear(): void {
    this.nanoUsd = 0;
    this.unattributedNano = 0;
    this.savedNano = 0;
    this.input = 0;
    this.output = 0;
    this.cacheRead = 0;
    this.cacheWrite5m = 0;
    this.cacheWrite1h = 0;
    this.messages = 0;
    this.unpriced = 0;
    this.incomplete = 0;
    this.lastMs = Number.NEGATIVE_INFINITY;
  }

  /** Adds what another one has. */
  join(other: RunningSum): void {
    this.nanoUsd += other.nanoUsd;
    this.unattributedNano += other.unattributedNano;
    this.savedNano += other.savedNano;
    this.input += other.input;
    this.output += other.output;
    this.cacheRead += other.cacheRead;
    this.cacheWrite5m += other.cacheWrite5m;
    this.cacheWrite1h += other.cacheWrite1h;
    this.messages += other.messages;
    this.unpriced += other.unpriced;
    this.incomplete += other.incomplete;
    if (other.lastMs > this.lastMs) this.lastMs = other.lastMs;
  }

  get tokens(): number {
    return this.input + this.output + this.cacheRead + this.cacheWrite5m + this.cacheWrite1h;
  }

  get allNano(): number {
    return this.nanoUsd + this.unattributedNano;
  }

  told(): CostSum {
    const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, messages } = this;
    return {
      costUsd: usdOf(this.nanoUsd),
      unattributedUsd: usdOf(this.unattributedNano),
      savedUsd: usdOf(this.savedNano),
      tokens: { input, output, cacheRead, cacheWrite5m, cacheWrite1h },
      messages,
      unpricedMessages: this.unpriced,
      incompleteMessages: this.incomplete,
    };
  }
}

/** Dollars with six places. */
export function usdOf(nanoUsd: number): number {
  return microUsd(nanoUsd) / MICRO_PER_USD;
}
