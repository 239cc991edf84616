/**
 * Sixty days of work, up to now: which session began when, in which project and with which model. Workdays with their
 * hours, thin weekends, a short holiday, a costly day, and models that change as new ones come out. Pure.
 */
import type { Random } from "../../bench/corpus/random.ts";
import type { SessionPlan } from "./sessionPlan.ts";
import { type ShopTask, shopTasks } from "./shopTasks.ts";

const DAYS = 60;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Days ago: nobody works in these. */
const HOLIDAY = { first: 37, last: 33 };
/** Days ago, more or less: the day on which all amounts were moved to cents. */
const COSTLY_DAYS_AGO = 11;
/** Before today's hours are over there are not yet any: then those of the last night count. */
const TODAY_HOURS = 8;
/** The session whose jumps in cost have causes that can be found. */
export const EXPLAINED_TITLE = "Order history from the search index";
/** Days ago, more or less: somebody tried a model that no price list knows. */
const TRIAL_DAYS_AGO = 3;
const UNKNOWN_MODEL = "claude-sonnet-6-preview";

export function planHistory(random: Random, nowMs: number): readonly SessionPlan[] {
  const tasks = shuffledTasks(random);
  const plans: SessionPlan[] = [...todaysPlans(random, tasks, nowMs), explainedPlan(random, nowMs)];
  const costlyDay = workdayBefore(nowMs, COSTLY_DAYS_AGO);
  const trialDay = workdayBefore(nowMs, TRIAL_DAYS_AGO);
  for (let daysAgo = DAYS; daysAgo > 0; daysAgo -= 1) {
    const midnight = midnightOf(nowMs, daysAgo);
    for (const startMs of startsOf(random, midnight, daysAgo)) {
      const task = tasks.pop();
      if (task !== undefined) plans.push(plainPlan(random, { task, startMs, daysAgo }));
    }
    const last = plans.at(-1);
    if (daysAgo === trialDay && last !== undefined) plans[plans.length - 1] = { ...last, model: UNKNOWN_MODEL };
    if (daysAgo === costlyDay) plans.push(...costlyPlans(random, midnight, daysAgo));
  }
  return plans.toSorted((a, b) => a.startMs - b.startMs);
}

/** The moment at which a day began, so many days ago, in the zone of this process. */
function midnightOf(nowMs: number, daysAgo: number): number {
  const day = new Date(nowMs);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysAgo).getTime();
}

function isWeekend(midnight: number): boolean {
  return [0, 6].includes(new Date(midnight).getDay());
}

/** So many days ago, or before that when it was a weekend. */
function workdayBefore(nowMs: number, daysAgo: number): number {
  let day = daysAgo;
  while (isWeekend(midnightOf(nowMs, day))) day += 1;
  return day;
}

/** Most begin in the morning and after lunch. */
const STARTS = [8.6, 9.2, 10.1, 11.3, 13.4, 14.2, 15.5, 16.4, 20.8] as const;

function startsOf(random: Random, midnight: number, daysAgo: number): readonly number[] {
  if (daysAgo <= HOLIDAY.first && daysAgo >= HOLIDAY.last) return [];
  const isFriday = new Date(midnight).getDay() === 5;
  const count = isWeekend(midnight) ? (random.chance(0.15) ? 1 : 0) : random.between(1, isFriday ? 3 : 4);
  const hours = [...STARTS].map((hour) => ({ hour, at: random.next() })).toSorted((a, b) => a.at - b.at);
  return hours.slice(0, count).map(({ hour }) => midnight + (hour + random.next() * 0.6) * HOUR_MS);
}

interface Placed {
  readonly task: ShopTask;
  readonly startMs: number;
  readonly daysAgo: number;
}

function plainPlan(random: Random, { task, startMs, daysAgo }: Placed): SessionPlan {
  const turns = random.between(3, 8);
  const branch = branchOf(task);
  const worktree = random.chance(0.14) ? (branch.split("/").at(-1) ?? branch) : null;
  return {
    task,
    gitBranch: worktree === null ? branch : `worktree-${worktree}`,
    worktree,
    version: daysAgo > 40 ? "2.1.281" : daysAgo > 18 ? "2.1.304" : "2.1.329",
    startMs,
    turns,
    model: modelOf(random, task, daysAgo),
    helperModel: daysAgo > 18 ? "claude-haiku-4-5" : "claude-haiku-5-5",
    cacheLife: random.chance(0.3) ? "1h" : "5m",
    isFast: random.chance(0.08),
    subagents: random.chance(0.2) ? random.between(1, 3) : 0,
    breakAfterTurn: turns > 3 && random.chance(0.3) ? 2 : null,
    largeReadInTurn: random.chance(0.12) ? random.between(1, turns) : null,
    isCompacted: turns > 4 && random.chance(0.3),
    isKilled: random.chance(0.08),
    customTitle: null,
  };
}

/** What a team uses: the large model for most, the small one for questions, a new generation every few weeks. */
function modelOf(random: Random, { kind }: ShopTask, daysAgo: number): string {
  const isSmall = kind === "question" && random.chance(0.6);
  const isMiddle = random.chance(kind === "tests" || kind === "cleanUp" ? 0.6 : 0.25);
  if (daysAgo > 40) return isSmall ? "claude-haiku-4-5" : isMiddle ? "claude-sonnet-5" : "claude-opus-4-8";
  if (daysAgo > 18) return isSmall ? "claude-haiku-4-5" : isMiddle ? "claude-sonnet-5" : "claude-opus-5";
  if (kind === "upgrade" && random.chance(0.5)) return "claude-fable-5-2";
  return isSmall ? "claude-haiku-5-5" : isMiddle ? "claude-sonnet-5-5" : "claude-opus-5-5";
}

function branchOf({ kind, title }: ShopTask): string {
  if (kind === "question") return "main";
  const words = title.toLowerCase().match(/[a-z]{3,}/gu) ?? [];
  const skipped = new Set(["the", "and", "for", "that", "with", "into", "from", "are", "all", "our"]);
  const name = words.filter((word) => !skipped.has(word)).slice(0, 3);
  return `${kind === "fix" ? "fix" : kind === "feature" ? "feature" : "chore"}/${name.join("-")}`;
}

/** Several sessions with many sub-agents on the dearest model, all day long. */
function costlyPlans(random: Random, midnight: number, daysAgo: number): readonly SessionPlan[] {
  const tasks: readonly ShopTask[] = [
    {
      project: "orders-api",
      kind: "upgrade",
      title: "Move all amounts from floats to cents",
      file: "src/amount.js",
      symbol: "toCents",
    },
    {
      project: "storefront",
      kind: "upgrade",
      title: "Read amounts as cents in the storefront",
      file: "src/price.js",
      symbol: "fromCents",
    },
    {
      project: "mobile-app",
      kind: "upgrade",
      title: "Read amounts as cents in the app",
      file: "app/price.ts",
      symbol: "fromCents",
    },
  ];
  return tasks.map((task, index) => ({
    ...plainPlan(random, { task, startMs: midnight + (9 + index * 2.6) * HOUR_MS, daysAgo }),
    turns: 5,
    model: "claude-fable-5-2",
    helperModel: "claude-opus-5-5",
    isFast: index === 0,
    subagents: 3,
    largeReadInTurn: 3,
    breakAfterTurn: 4,
    isCompacted: false,
    isKilled: false,
  }));
}

/** On the last workday: a very large file is read, and after an hour's break the cache has gone. */
function explainedPlan(random: Random, nowMs: number): SessionPlan {
  const daysAgo = workdayBefore(nowMs, 1);
  const task: ShopTask = {
    project: "orders-api",
    kind: "feature",
    title: "Answer the order history from the new search index",
    file: "src/orderHistory.js",
    symbol: "orderHistory",
  };
  return {
    ...plainPlan(random, { task, startMs: midnightOf(nowMs, daysAgo) + 10.3 * HOUR_MS, daysAgo }),
    gitBranch: "feature/order-history",
    worktree: null,
    turns: 8,
    model: "claude-opus-5-5",
    cacheLife: "5m",
    isFast: false,
    subagents: 0,
    largeReadInTurn: 2,
    breakAfterTurn: 5,
    isCompacted: false,
    isKilled: false,
    customTitle: EXPLAINED_TITLE,
  };
}

/** In the hours up to now, whatever the clock says: the last one has hardly ended. */
function todaysPlans(random: Random, tasks: ShopTask[], nowMs: number): readonly SessionPlan[] {
  const firstMs = Math.max(midnightOf(nowMs, 0) + 5 * MINUTE_MS, nowMs - TODAY_HOURS * HOUR_MS);
  const lastMs = Math.max(firstMs, nowMs - 35 * MINUTE_MS);
  return [0, 0.3, 0.55, 0.8, 1].flatMap((share) => {
    const task = tasks.pop();
    if (task === undefined) return [];
    const plan = plainPlan(random, { task, startMs: firstMs + share * (lastMs - firstMs), daysAgo: 0 });
    return [{ ...plan, breakAfterTurn: null }];
  });
}

function shuffledTasks(random: Random): ShopTask[] {
  return shopTasks
    .map((task) => ({ task, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ task }) => task);
}
