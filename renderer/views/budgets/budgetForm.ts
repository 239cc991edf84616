import { requests } from "../../../shared/contract/requests.ts";
import type { BudgetAction, BudgetPeriod, BudgetScope, BudgetTerms } from "../../../shared/model/budget.ts";

/** The form of a budget as it is typed: every amount a text. */
export interface BudgetForm {
  readonly name: string;
  readonly scopeKind: BudgetScope["kind"];
  readonly projectPath: string;
  readonly sessionId: string;
  readonly period: BudgetPeriod;
  readonly unit: BudgetTerms["limit"]["unit"];
  readonly amount: string;
  /** Those of `presetThresholds` that are checked. */
  readonly presets: readonly number[];
  /** Further thresholds in percent, between commas or spaces. */
  readonly ownThresholds: string;
  readonly warnSessions: boolean;
  readonly atLimit: BudgetAction;
  readonly isEnabled: boolean;
}

export type BudgetField = "name" | "projectPath" | "sessionId" | "amount" | "ownThresholds";

export type BudgetErrors = Readonly<Partial<Record<BudgetField, string>>>;

/** Thresholds in percent that are offered as boxes. */
export const presetThresholds = [50, 80, 100] as const;

export const emptyBudgetForm: BudgetForm = {
  name: "",
  scopeKind: "everything",
  projectPath: "",
  sessionId: "",
  period: "day",
  unit: "usd",
  amount: "",
  presets: presetThresholds,
  ownThresholds: "",
  warnSessions: false,
  atLimit: "tell",
  isEnabled: true,
};

/** A new form for a scope. What one session may spend is mostly meant for good. */
export function formForScope(scope: BudgetScope | null): BudgetForm {
  if (scope === null) return emptyBudgetForm;
  const isOfSession = scope.kind === "session" || scope.kind === "eachSession";
  return { ...emptyBudgetForm, ...scopeFields(scope), period: isOfSession ? "always" : "day" };
}

/** The form of a budget that there is. */
export function formOfTerms(terms: BudgetTerms): BudgetForm {
  const isPreset = (percent: number): boolean => presetThresholds.some((preset) => preset === percent);
  return {
    ...scopeFields(terms.scope),
    name: terms.name ?? "",
    period: terms.period,
    unit: terms.limit.unit,
    amount: String(terms.limit.amount),
    presets: terms.warnAt.filter(isPreset),
    ownThresholds: terms.warnAt.filter((percent) => !isPreset(percent)).join(", "),
    warnSessions: terms.warnSessions,
    atLimit: terms.atLimit,
    isEnabled: terms.isEnabled,
  };
}

function scopeFields(scope: BudgetScope): Pick<BudgetForm, "scopeKind" | "projectPath" | "sessionId"> {
  return {
    scopeKind: scope.kind,
    projectPath: scope.kind === "project" ? scope.projectPath : "",
    sessionId: scope.kind === "session" ? scope.sessionId : "",
  };
}

export type BudgetFormResult =
  | { readonly ok: true; readonly terms: BudgetTerms }
  | { readonly ok: false; readonly errors: BudgetErrors };

const refusals: Readonly<Record<string, readonly [BudgetField, string]>> = {
  name: ["name", "Write at most 100 characters."],
  warnAt: ["ownThresholds", "Write whole numbers from 1 to 100, ten thresholds at most, such as 90, 95."],
};

/** Turns the form into terms that the contract takes, or says field by field what is wrong. */
export function toBudgetTerms(form: BudgetForm): BudgetFormResult {
  const parsed = requests["budgets.create"].params.safeParse({
    name: form.name.trim() === "" ? null : form.name,
    scope: scopeOf(form),
    period: form.period,
    limit: { unit: form.unit, amount: parseAmount(form.amount, form.unit) },
    warnAt: thresholdsOf(form),
    warnSessions: form.warnSessions,
    atLimit: form.atLimit,
    isEnabled: form.isEnabled,
  });
  if (parsed.success && parsed.data.warnAt.length === 0 && parsed.data.atLimit === "tell") {
    return {
      ok: false,
      errors: { ownThresholds: "Choose when to tell, or what happens at the limit: this does nothing." },
    };
  }
  if (parsed.success) return { ok: true, terms: parsed.data };
  const errors = parsed.error.issues.map(({ path }) => errorOf(String(path[0]), form));
  return { ok: false, errors: Object.fromEntries(errors) };
}

function errorOf(part: string, { scopeKind, unit, amount }: BudgetForm): readonly [BudgetField, string] {
  if (part === "scope") {
    return scopeKind === "session" ? ["sessionId", "Choose a session."] : ["projectPath", "Choose a project."];
  }
  const known = refusals[part];
  if (known !== undefined) return known;
  if (parseAmount(amount, unit) <= 0)
    return ["amount", "Write an amount above 0: to spend nothing, hold at a small one."];
  return ["amount", unit === "usd" ? "Write dollars, such as 10 or 2.50." : "Write tokens, such as 500k or 2M."];
}

/** Whose use the form means. */
export function scopeOf({ scopeKind, projectPath, sessionId }: BudgetForm): BudgetScope {
  switch (scopeKind) {
    case "project":
      return { kind: "project", projectPath };
    case "session":
      return { kind: "session", sessionId };
    default:
      return { kind: scopeKind };
  }
}

const factors: Readonly<Record<string, number>> = { "": 1, k: 1e3, m: 1e6, b: 1e9 };

/** `$1,250.50` → 1250.5; of tokens also `2.5M`. NaN where it is no amount. */
export function parseAmount(text: string, unit: BudgetForm["unit"]): number {
  const plain = text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]/gu, "")
    .replaceAll(/,(?=\d{3}(?!\d))/gu, "");
  const pattern = unit === "usd" ? /^\$?(-?\d*\.?\d+|-?\d+\.)()$/u : /^(-?\d*\.?\d+|-?\d+\.)([kmb]?)(?:tokens?)?$/u;
  const [, digits, factor = ""] = pattern.exec(plain) ?? [];
  const amount = digits === undefined ? Number.NaN : Number(digits) * (factors[factor] ?? 1);
  // Half a token is a slip of floating point after a factor: 1.1M is no fraction of tokens.
  return unit === "tokens" ? Math.round(amount * 1e3) / 1e3 : amount;
}

function thresholdsOf({ presets, ownThresholds }: BudgetForm): readonly number[] {
  const own = ownThresholds
    .split(/[\s,;%]+/u)
    .filter((part) => part !== "")
    .map(Number);
  return [...new Set([...presets, ...own])].toSorted((one, other) => one - other);
}
