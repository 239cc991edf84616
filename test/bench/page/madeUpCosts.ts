/** A year of answers about costs, made up in the page: every day with several models, as the host tells them. */
import type { CostReport, CostRow, CostSum, CostSummary, CostWindow } from "../../../shared/model/cost.ts";
import type { CostFilters } from "../../../renderer/stores/costFilters.ts";
import type { CostAnswers } from "../../../renderer/stores/costsStore.ts";
import { Random } from "../corpus/random.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MODELS = ["claude-opus-5-5", "claude-opus-5", "claude-fable-5-2", "claude-sonnet-5-5", "claude-haiku-5-5"];
const WINDOWS = 24;
const TOP = 20;

export interface MadeUpYear {
  readonly days: number;
  readonly filters: CostFilters;
  readonly nowMs: number;
}

/** Other numbers for another seed. */
export function madeUpCosts({ days, filters, nowMs }: MadeUpYear, seed: number): CostAnswers {
  const random = new Random(seed);
  const daily = Array.from({ length: days }, (_, index) => {
    const day = new Date(nowMs - (days - 1 - index) * DAY_MS).toISOString().slice(0, 10);
    return row(random, day);
  });
  const hourly = Array.from({ length: 24 }, (_, index) => {
    const hour = Math.floor(nowMs / HOUR_MS) - 23 + index;
    return row(random, new Date(hour * HOUR_MS).toISOString());
  });
  const rows = Array.from({ length: TOP }, (_, index) => {
    const at = new Date(nowMs - index * DAY_MS).toISOString();
    const label = `Move the entries of the ledger to pages, part ${String(index)}`;
    return { ...sum(random), key: `session-${String(index)}`, label, sessionId: `session-${String(index)}`, at };
  });
  return {
    summary: summary(random, nowMs),
    history: { report: report("day", daily), filters, splitBy: "model" },
    calendar: report(
      "day",
      daily.map((one) => ({ ...one, parts: [] })),
    ),
    hours: report("hour", hourly),
    top: { what: "sessions", rows },
    unpriced: { messages: 0, reasons: [] },
    windows: Array.from({ length: WINDOWS }, (_, index) => madeUpWindow(random, nowMs - index * 6 * HOUR_MS)),
    prices: {
      userFile: "/prices.json",
      hasUserPrices: false,
      problem: null,
      keptProblem: null,
      sources: [],
      unknownModels: [],
    },
    ledger: {
      ...{ entries: 150_000, unpricedEntries: 0, since: daily[0]?.key ?? null, path: "/ledger.db" },
      ...{ sizeBytes: 30_000_000, backups: [], problem: null },
    },
    models: MODELS,
    labels: [],
  };
}

function sum(random: Random): CostSum {
  const costUsd = random.between(100, 30_000_000) / 1e6;
  const tokens = {
    input: random.between(1, 90_000),
    output: random.between(1, 900_000),
    cacheRead: random.between(1, 90_000_000),
    cacheWrite5m: random.between(0, 900_000),
    cacheWrite1h: random.between(0, 900_000),
  };
  const counts = { messages: random.between(1, 900), unpricedMessages: 0, incompleteMessages: 0 };
  return { costUsd, unattributedUsd: 0, savedUsd: costUsd * 4, tokens, ...counts };
}

function row(random: Random, key: string): CostRow {
  const all = sum(random);
  let rest = all.costUsd;
  const parts = MODELS.map((model) => {
    const costUsd = Math.round(rest * random.next() * 1e6) / 1e6;
    rest -= costUsd;
    return { key: model, label: model, costUsd, tokens: random.between(1, 9_000_000) };
  });
  return { ...all, key, label: key, parts };
}

function report(groupBy: CostReport["groupBy"], rows: readonly CostRow[]): CostReport {
  const total = rows.reduce<CostSum>((before, one) => added(before, one), NOTHING);
  return { groupBy, from: null, to: null, timeZone: "UTC", rows, total, leftOut: 0 };
}

const NO_TOKENS = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
const NO_MESSAGES = { messages: 0, unpricedMessages: 0, incompleteMessages: 0 };
const NOTHING: CostSum = { costUsd: 0, unattributedUsd: 0, savedUsd: 0, tokens: NO_TOKENS, ...NO_MESSAGES };

function added(a: CostSum, b: CostSum): CostSum {
  return {
    ...a,
    costUsd: a.costUsd + b.costUsd,
    savedUsd: a.savedUsd + b.savedUsd,
    messages: a.messages + b.messages,
    tokens: {
      input: a.tokens.input + b.tokens.input,
      output: a.tokens.output + b.tokens.output,
      cacheRead: a.tokens.cacheRead + b.tokens.cacheRead,
      cacheWrite5m: a.tokens.cacheWrite5m + b.tokens.cacheWrite5m,
      cacheWrite1h: a.tokens.cacheWrite1h + b.tokens.cacheWrite1h,
    },
  };
}

function summary(random: Random, nowMs: number): CostSummary {
  const at = new Date(nowMs).toISOString();
  const span = () => ({ ...sum(random), from: at, to: at });
  const compared = () => ({ ...span(), previous: span(), previousToSameMoment: span() });
  return {
    ...{ at, timeZone: "UTC", today: compared(), thisWeek: compared(), thisMonth: compared(), allTime: sum(random) },
    ...{ burnUsdPerHour: 1.5, projectedTodayUsd: 20, activeWindow: madeUpWindow(random, nowMs) },
  };
}

function madeUpWindow(random: Random, fromMs: number): CostWindow {
  const [from, to] = [new Date(fromMs).toISOString(), new Date(fromMs + 5 * HOUR_MS).toISOString()];
  const { costUsd, messages } = sum(random);
  const counts = { tokens: random.between(1, 9_000_000), messages, unpricedMessages: 0 };
  return { from, to, lastAt: from, costUsd, ...counts, isActive: false, projectedUsd: null };
}
