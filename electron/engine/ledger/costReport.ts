/** Costs by time, model, project, session or label. */
import type { CostGroup, CostReport, CostRow, CostSplit } from "../../../shared/model/cost.ts";
import { NO_LABEL, UNATTRIBUTED_PART } from "../../../shared/model/cost.ts";
import { eachSum } from "./costCells.ts";
import { type CostFilters, type EntryFilter, entryFilter, passesRemainder } from "./costFilters.ts";
import type { EntryTable } from "./entryTable.ts";
import { dayName, firstOfMonth, type LocalDays, mondayOf } from "./localDays.ts";
import { usdOf } from "./pricing/money.ts";
import { SumRows } from "./sumRows.ts";

export interface ReportAsk extends CostFilters {
  readonly groupBy: CostGroup;
  readonly splitBy?: CostSplit | undefined;
  readonly limit: number;
}

const HOUR_MS = 3_600_000;
const UNKNOWN = "unknown";
const NO_LABEL_WORDS = "no label";

interface Group {
  /** Its row. */
  readonly sum: number;
  /** Rows by the number that `splitBy` gives; without it there are none. */
  readonly parts: Map<number, number>;
}

interface Grouped {
  readonly sums: SumRows;
  readonly groups: ReadonlyMap<number, Group>;
}

export function costReport(table: EntryTable, days: LocalDays, ask: ReportAsk): CostReport {
  const isTime = !["model", "project", "session", "label"].includes(ask.groupBy);
  const byGroup = numbering(table, days, ask.groupBy);
  const byPart = ask.splitBy === undefined ? null : numbering(table, days, ask.splitBy);
  const { sums, groups } = grouped(table, entryFilter(table, ask), byGroup, byPart);
  const total = sums.make();
  for (const { sum, parts } of groups.values()) {
    for (const part of parts.values()) sums.join(sum, sums, part);
    sums.join(total, sums, sum);
  }
  // Put in order before they are told: there may be thousands of which a few are shown.
  const ordered = [...groups]
    .map(([number, group]) => ({ key: byGroup.nameOf(number), group, amount: isTime ? 0 : amountOf(sums, group.sum) }))
    .toSorted((a, b) => b.amount - a.amount || compare(a.key, b.key));
  const isKept = ({ key }: { readonly key: string }): boolean => ask.groupBy === "label" && key === NO_LABEL;
  const chosen = isTime ? ordered.slice(-ask.limit) : firstOnes(ordered, ask.limit, isKept);
  const shown = chosen.map(({ key, group }) => ({
    ...rowOf(sums, key, group, byPart),
    label: byGroup.labelOf?.(key) ?? labelOf(key, isTime ? null : ask.groupBy),
  }));
  return {
    groupBy: ask.groupBy,
    from: ask.from ?? null,
    to: ask.to ?? null,
    timeZone: days.timeZone,
    rows: shown,
    total: sums.told(total),
    leftOut: ordered.length - shown.length,
  };
}

/** So many of the first ones, and beside them the one that must not be hidden, if there is one. */
export function firstOnes<One>(all: readonly One[], limit: number, isKept: (one: One) => boolean): readonly One[] {
  return all.filter((one, index) => index < limit || isKept(one));
}

/** Entries by group and part, each added up once; most come after one of the same. */
function grouped(table: EntryTable, filter: EntryFilter, byGroup: Numbering, byPart: Numbering | null): Grouped {
  const sums = new SumRows();
  const groups = new Map<number, Group>();
  let lastGroup = Number.NaN;
  let lastPart = Number.NaN;
  let sum = Number.NaN;
  const sumOf = (group: number, part: number): number => {
    if (group === lastGroup && part === lastPart) return sum;
    const found = groups.get(group) ?? { sum: sums.make(), parts: new Map<number, number>() };
    groups.set(group, found);
    sum = byPart === null ? found.sum : (found.parts.get(part) ?? sums.make());
    if (byPart !== null) found.parts.set(part, sum);
    lastGroup = group;
    lastPart = part;
    return sum;
  };
  const partOf = (atMs: number, session: number, kind: number): number =>
    byPart === null ? 0 : byPart.numberOf(atMs, session, kind);
  const { cells } = table;
  eachSum(table, filter, {
    cell: (cell) => {
      const firstMs = cells.firstMs[cell] ?? Number.NaN;
      const [session, kind, lastMs] = [cells.session[cell] ?? 0, cells.kind[cell] ?? 0, cells.sums.lastMs(cell)];
      const group = byGroup.numberOf(firstMs, session, kind);
      // An hour of UTC may belong to two days of a zone.
      if (lastMs > firstMs && byGroup.numberOf(lastMs, session, kind) !== group) return false;
      sums.join(sumOf(group, partOf(firstMs, session, kind)), cells.sums, cell);
      return true;
    },
    entry: (place) => {
      const atMs = table.atMs[place] ?? Number.NaN;
      const [session, kind] = [table.session[place] ?? 0, table.kind[place] ?? 0];
      sums.add(sumOf(byGroup.numberOf(atMs, session, kind), partOf(atMs, session, kind)), table, place);
    },
  });
  for (const { session, atMs, nanoUsd } of table.remainders) {
    if (!passesRemainder(session, filter) || atMs < filter.fromMs || atMs >= filter.toMs) continue;
    const part = byPart === null ? 0 : byPart.numberOf(atMs, session, NO_KIND);
    sums.addUnattributed(sumOf(byGroup.numberOf(atMs, session, NO_KIND), part), nanoUsd);
  }
  return { sums, groups };
}

/** Rows by numbers, and what those are called. */
interface Numbering {
  readonly numberOf: (atMs: number, session: number, kind: number) => number;
  readonly nameOf: (number: number) => string;
  /** What people call the row of this name; null when that is the name. */
  readonly labelOf?: (name: string) => string | null;
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
      return {
        ...named(
          [...table.sessions.values()].map(({ key, sessionId }) => [key, sessionId]),
          "session",
        ),
        labelOf: (sessionId) => table.titleOf(table.sessionKeys.get(sessionId) ?? 0),
      };
    case "label":
      return {
        ...named(
          [...table.sessions.values()].map(({ key, label }) => [key, label ?? NO_LABEL]),
          "session",
        ),
        labelOf: (label) => labelOf(label, "label"),
      };
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
  if (groupBy === null || key !== "") return key;
  if (groupBy === "label") return NO_LABEL_WORDS;
  return groupBy === "project" ? "unknown project" : "unknown model";
}

function rowOf(sums: SumRows, key: string, { sum, parts }: Group, byPart: Numbering | null): CostRow {
  const told =
    byPart === null
      ? []
      : [...parts]
          .toSorted(([, a], [, b]) => sums.allNano(b) - sums.allNano(a))
          .map(([number, row]) => {
            const part = byPart.nameOf(number);
            const label = byPart.labelOf?.(part) ?? (part === "" ? UNKNOWN : part);
            return { key: part, label, costUsd: usdOf(sums.allNano(row)), tokens: sums.tokens(row) };
          });
  return { key, label: key, ...sums.told(sum), parts: told };
}

/** As it is told. */
function amountOf(sums: SumRows, row: number): number {
  return usdOf(sums.nano(row)) + usdOf(sums.unattributedNano(row));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
