/** Costs by time, model, project or session. */
import type { CostGroup, CostReport, CostRow, CostSplit } from "../../../shared/model/cost.ts";
import { UNATTRIBUTED_PART } from "../../../shared/model/cost.ts";
import { eachSum } from "./costCells.ts";
import { type CostFilters, type EntryFilter, entryFilter, passesRemainder, RunningSum, usdOf } from "./costSums.ts";
import type { EntryTable } from "./entryTable.ts";
import { dayName, firstOfMonth, type LocalDays, mondayOf } from "./localDays.ts";

export interface ReportAsk extends CostFilters {
  readonly groupBy: CostGroup;
  readonly splitBy?: CostSplit | undefined;
  readonly limit: number;
}

const HOUR_MS = 3_600_000;
const UNKNOWN = "unknown";

interface Group {
  readonly sum: RunningSum;
  /** By the number that `splitBy` gives; without it there are none, and the sum is that of all. */
  readonly parts: Map<number, RunningSum>;
}

export function costReport(table: EntryTable, days: LocalDays, ask: ReportAsk): CostReport {
  const isTime = !["model", "project", "session"].includes(ask.groupBy);
  const byGroup = numbering(table, days, ask.groupBy);
  const byPart = ask.splitBy === undefined ? null : numbering(table, days, ask.splitBy);
  const groups = grouped(table, entryFilter(table, ask), byGroup, byPart);
  const total = new RunningSum();
  for (const { sum, parts } of groups.values()) {
    for (const part of parts.values()) sum.join(part);
    total.join(sum);
  }
  // Put in order before they are told: there may be thousands of which a few are shown.
  const ordered = [...groups]
    .map(([number, group]) => ({ key: byGroup.nameOf(number), group, amount: isTime ? 0 : amountOf(group) }))
    .toSorted((a, b) => b.amount - a.amount || compare(a.key, b.key));
  const shown = (isTime ? ordered.slice(-ask.limit) : ordered.slice(0, ask.limit)).map(({ key, group }) => ({
    ...rowOf(key, group, byPart),
    label: labelOf(key, isTime ? null : ask.groupBy),
  }));
  return {
    groupBy: ask.groupBy,
    from: ask.from ?? null,
    to: ask.to ?? null,
    timeZone: days.timeZone,
    rows: shown,
    total: total.told(),
    leftOut: ordered.length - shown.length,
  };
}

/** Entries by group and part, each added up once; most come after one of the same. */
function grouped(
  table: EntryTable,
  filter: EntryFilter,
  byGroup: Numbering,
  byPart: Numbering | null,
): Map<number, Group> {
  const groups = new Map<number, Group>();
  let lastGroup = Number.NaN;
  let lastPart = Number.NaN;
  let sum = new RunningSum();
  const sumOf = (group: number, part: number): RunningSum => {
    if (group === lastGroup && part === lastPart) return sum;
    const found = groups.get(group) ?? { sum: new RunningSum(), parts: new Map<number, RunningSum>() };
    groups.set(group, found);
    sum = byPart === null ? found.sum : (found.parts.get(part) ?? new RunningSum());
    if (byPart !== null) found.parts.set(part, sum);
    lastGroup = group;
    lastPart = part;
    return sum;
  };
  const partOf = (atMs: number, session: number, kind: number): number =>
    byPart === null ? 0 : byPart.numberOf(atMs, session, kind);
  eachSum(table, filter, {
    cell: ({ firstMs, session, kind, sum: own }) => {
      const group = byGroup.numberOf(firstMs, session, kind);
      // An hour of UTC may belong to two days of a zone.
      if (own.lastMs > firstMs && byGroup.numberOf(own.lastMs, session, kind) !== group) return false;
      sumOf(group, partOf(firstMs, session, kind)).join(own);
      return true;
    },
    entry: (place) => {
      const [atMs, session, kind] = [table.atMs[place] ?? 0, table.session[place] ?? 0, table.kind[place] ?? 0];
      sumOf(byGroup.numberOf(atMs, session, kind), partOf(atMs, session, kind)).add(table, place);
    },
  });
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (!passesRemainder(session, filter) || atMs < filter.fromMs || atMs >= filter.toMs) continue;
    const part = byPart === null ? 0 : byPart.numberOf(atMs, session, NO_KIND);
    sumOf(byGroup.numberOf(atMs, session, NO_KIND), part).unattributedNano += nanoUsd;
  }
  return groups;
}

/** Rows by numbers, and what those are called. */
interface Numbering {
  readonly numberOf: (atMs: number, session: number, kind: number) => number;
  readonly nameOf: (number: number) => string;
}

/** A remainder is of no model. */
const NO_KIND = -1;
/** Of an entry without a time. */
const NO_TIME = -1_000_000_000;

function numbering(table: EntryTable, days: LocalDays, groupBy: CostGroup): Numbering {
  switch (groupBy) {
    case "model":
      return named([...table.models, [NO_KIND, UNATTRIBUTED_PART]], "kind");
    case "project":
      return named(
        [...table.sessions.values()].map(({ key, projectPath }) => [key, projectPath]),
        "session",
      );
    case "session":
      return named(
        [...table.sessions.values()].map(({ key, sessionId }) => [key, sessionId]),
        "session",
      );
    case "hour":
      return timed(
        (atMs) => Math.floor(atMs / HOUR_MS),
        (hour) => new Date(hour * HOUR_MS).toISOString(),
      );
    case "day":
      return timed((atMs) => days.dayOf(atMs), dayName);
    case "week":
      return timed((atMs) => mondayOf(days.dayOf(atMs)), dayName);
    case "month":
      return timed(
        (atMs) => firstOfMonth(days.dayOf(atMs)),
        (day) => dayName(day).slice(0, "2026-11".length),
      );
  }
}

/** Keys with the same name have the same number. */
function named(names: readonly (readonly [number, string | null])[], by: "session" | "kind"): Numbering {
  const numbers = new Map<string, number>();
  const all: string[] = [];
  const ofKey: number[] = [];
  for (const [key, name] of names) {
    const text = name ?? "";
    const number = numbers.get(text) ?? all.push(text) - 1;
    numbers.set(text, number);
    ofKey[key + 1] = number;
  }
  const numberOf = (key: number): number => ofKey[key + 1] ?? -1;
  return {
    numberOf: by === "session" ? (_, session) => numberOf(session) : (_, __, kind) => numberOf(kind),
    nameOf: (number) => all[number] ?? "",
  };
}

function timed(numberOf: (atMs: number) => number, nameOf: (number: number) => string): Numbering {
  return {
    numberOf: (atMs) => (Number.isNaN(atMs) ? NO_TIME : numberOf(atMs)),
    nameOf: (number) => (number === NO_TIME ? UNKNOWN : nameOf(number)),
  };
}

export function labelOf(key: string, groupBy: CostGroup | null): string {
  if (groupBy !== null && key === "") return groupBy === "project" ? "unknown project" : "unknown model";
  return key;
}

function rowOf(key: string, { sum, parts }: Group, byPart: Numbering | null): CostRow {
  const told =
    byPart === null
      ? []
      : [...parts]
          .toSorted(([, a], [, b]) => b.allNano - a.allNano)
          .map(([number, { allNano, tokens }]) => {
            const part = byPart.nameOf(number);
            return { key: part, label: part === "" ? UNKNOWN : part, costUsd: usdOf(allNano), tokens };
          });
  return { key, label: key, ...sum.told(), parts: told };
}

/** As it is told. */
function amountOf({ sum: { nanoUsd, unattributedNano } }: Group): number {
  return usdOf(nanoUsd) + usdOf(unattributedNano);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
