/**
 * Owns: the words for budgets and their alerts that a notification, a terminal line, an exported page and the window share.
 * Knows nothing about: clocks and time zones. Pure; the same on every machine. Names are untrusted text.
 */
import type { BudgetAction, BudgetAlert, BudgetLimit, BudgetPeriod, BudgetTerms } from "../model/budget.ts";

type Unit = BudgetLimit["unit"];

const usdFormat = madeOnce(() => dollarFormat(2));
const tokensFormat = madeOnce(() => new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 }));
const countFormat = madeOnce(() => new Intl.NumberFormat("en"));

function dollarFormat(places: number): Intl.NumberFormat {
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: places,
  });
}

/** Each takes milliseconds to make, and a host starts without any of them. */
function madeOnce(make: () => Intl.NumberFormat): () => Intl.NumberFormat {
  let format: Intl.NumberFormat | null = null;
  return () => (format ??= make());
}

const CENT = 0.01;
/** Below this, a dollar amount shows as nothing: the wire carries six places. */
const LEAST_USD = 5e-7;
const MOST_PLACES = 6;

/** What was spent or may be: `$10.02`, `$0.0012`, `1.25M tokens`. */
export function amountWords(amount: number, unit: Unit): string {
  if (unit === "tokens") return `${tokensFormat().format(amount)} tokens`;
  const size = Math.abs(amount);
  if (size < LEAST_USD) return usdFormat().format(0);
  if (size >= CENT) return usdFormat().format(amount);
  const places = Math.min(MOST_PLACES, 1 - Math.floor(Math.log10(size)));
  return dollarFormat(places).format(amount);
}

/** The amount with all of its places, for a tooltip: `$10.020417`, `1,254,003 tokens`. */
export function exactAmountWords(amount: number, unit: Unit): string {
  return unit === "tokens" ? `${countFormat().format(amount)} tokens` : dollarFormat(MOST_PLACES).format(amount);
}

/** `$10.02 of $10.00`, `1.25M of 2M tokens`. */
export function spentWords(spent: number, { unit, amount }: BudgetLimit): string {
  const used = unit === "tokens" ? tokensFormat().format(spent) : amountWords(spent, unit);
  return `${used} of ${amountWords(amount, unit)}`;
}

/** How much of the limit, rounded down: what is not reached never shows as 100 %. */
export function percentWords(fraction: number): string {
  return `${countFormat().format(percentOf(fraction))} %`;
}

/** Whole percent of the limit, rounded down; a share that lies a rounding error below a percent counts as that percent. */
export function percentOf(fraction: number): number {
  return Math.floor(fraction * 100 + 1e-9);
}

const presentPeriod: Readonly<Record<BudgetPeriod, string>> = {
  day: " today",
  week: " this week",
  month: " this month",
  always: "",
};

/** A name made of whose use counts and the period, e.g. `atlas this week`; what never begins anew has no period. */
export function periodName(whose: string, period: BudgetPeriod): string {
  return `${whose}${presentPeriod[period]}`;
}

/** The budget's name, or one made of its scope and period, e.g. `Everything today`, `atlas this week`. */
export function budgetName({ name, scope, period }: Pick<BudgetTerms, "name" | "scope" | "period">): string {
  if (name !== null) return name;
  switch (scope.kind) {
    case "everything":
      return periodName("Everything", period);
    case "project":
      return periodName(lastSegment(scope.projectPath), period);
    case "session":
      return periodName("One session", period);
    case "eachSession":
      return periodName("Each session", period);
  }
}

function lastSegment(path: string): string {
  return path.split(/[/\\]/u).findLast(Boolean) ?? path;
}

/** What was done at a threshold, as a sentence; empty where nothing was. */
const doneWords: Readonly<Record<BudgetAction, string>> = {
  tell: "",
  hold: "New turns are held.",
  interrupt: "Running turns were stopped, and new ones are held.",
  close: "Its sessions were closed, and none is started.",
};

/** The same where it is about one session. */
const doneToOneWords: Readonly<Record<BudgetAction, string>> = {
  ...doneWords,
  interrupt: "The running turn was stopped, and new ones are held.",
  close: "The session was closed.",
};

/** `Budget “Everything today” is used up`, `Budget “Everything today”: 80 % used`. */
export function alertTitle({ budgetName: name, percent }: BudgetAlert): string {
  return percent >= 100 ? `Budget “${name}” is used up` : `Budget “${name}”: ${percent} % used`;
}

/** What an alert tells beside its title, e.g. `$10.02 of $10.00. New turns are held. 2 sessions were told.` */
export function alertDetail({ sessionId, spent, limit, action, warnedSessionIds }: BudgetAlert): string {
  const told = warnedSessionIds.length;
  const sentences = [
    `${spentWords(spent, limit)}.`,
    (sessionId === null ? doneWords : doneToOneWords)[action],
    told === 0 ? "" : told === 1 ? "1 session was told." : `${told} sessions were told.`,
  ];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}
