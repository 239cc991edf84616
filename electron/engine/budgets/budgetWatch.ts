/**
 * Owns the looks at what was used: each one judges every budget, records what was passed and tells of it.
 * Knows nothing about how sessions are warned or stopped.
 * Invariants: a crossing is recorded before it is told, and told once; before `begin` nothing is recorded, because sums
 * grow and shrink while old transcripts are read.
 */
import { randomUUID } from "node:crypto";
import type { Budget, BudgetAlert } from "../../../shared/model/budget.ts";
import { budgetName } from "../../../shared/text/budgetWords.ts";
import type { EngineLog } from "../engineLog.ts";
import type { UseAsk, UseSum } from "../ledger/costUse.ts";
import { LocalDays } from "../ledger/localDays.ts";
import type { CrossingRow } from "../storage/budgetCrossingRows.ts";
import type { BudgetKey, BudgetRows } from "../storage/budgetRows.ts";
import { countedAmount, countedUse, toldAmount } from "./budgetAmount.ts";
import type { BudgetGate } from "./budgetGate.ts";
import { momentOf, periodAt, type PeriodSpan } from "./budgetPeriod.ts";
import { BudgetRecord } from "./budgetRecord.ts";
import { type BudgetedSession, idsOf, subjectOf, useScopeOf } from "./budgetSubject.ts";
import { LookPace } from "./lookPace.ts";
import { isActing, type JudgedBudget, type JudgedUse, newCrossings, thresholdsOf } from "./judgeBudget.ts";

/** A threshold that is to be told. */
export interface ToldCrossing {
  readonly budget: Budget;
  readonly alert: BudgetAlert;
  /** The session that used something last; null when none is known. */
  readonly lastSessionId: string | null;
}

export interface BudgetWatchOptions {
  readonly rows: BudgetRows;
  readonly gate: BudgetGate;
  /** Rejects when the ledger cannot be read. */
  readonly measure: (asks: readonly UseAsk[]) => Promise<readonly (readonly UseSum[])[]>;
  readonly liveSessions: () => readonly BudgetedSession[];
  /** Null where nobody knows. */
  readonly titleOf: (sessionId: string) => string | null;
  /** Called once for each; the crossing is recorded. */
  readonly onCrossed: (crossing: ToldCrossing) => void;
  /** Every budget was judged anew, and there may be something to stop. */
  readonly onJudged: () => void;
  readonly now: () => Date;
  readonly timeZone: () => string;
  readonly log: EngineLog;
}

/** A session of a budget for each that neither runs nor used something so lately is past: nobody needs to be told of it. */
const RECENT_MS = 10 * 60_000;

/** Sessions that are about to run are looked at as if they did. More than ever start at a time. */
const MAX_STARTING = 200;

export class BudgetWatch {
  readonly #options: BudgetWatchOptions;
  readonly #records = new Map<string, BudgetRecord>();
  readonly #starting = new Set<string>();
  readonly #pace: LookPace;
  #days: LocalDays;
  #hasBegun = false;
  #isDisposed = false;

  /** What was recorded in earlier runs holds from here on. */
  constructor(options: BudgetWatchOptions) {
    this.#options = options;
    this.#days = new LocalDays(options.timeZone());
    this.#pace = new LookPace({
      look: () => this.#look(),
      untilTurn: () => this.#untilTurn(),
      onFailure: (error) => this.#logged(error),
    });
    for (const budget of options.rows.all()) this.take(budget);
  }

  /** Old transcripts are read: from now on what is passed is recorded and told. */
  begin(): void {
    this.#hasBegun = true;
    this.changed();
  }

  /** Takes in a new budget or new terms, with what is recorded of it; its use is known after the next look. */
  take(budget: Budget): void {
    const record = this.#recordOf(budget, this.#periodOf(budget));
    const uses = record.subjects().map(({ subject, alert }) =>
      this.#judge(record, {
        subject,
        sessionId: alert.sessionId,
        counted: countedAmount(budget.limit, alert.spent),
        unpricedMessages: 0,
      }),
    );
    this.#options.gate.set(judgedOf(record, uses, false));
  }

  drop(budgetId: string): void {
    this.#records.delete(budgetId);
    this.#options.gate.delete(budgetId);
  }

  /** What an override of a known budget belongs to at this moment. */
  present(budgetId: string, subject: string): { readonly key: BudgetKey; readonly period: PeriodSpan } {
    const judged = this.#options.gate.get(budgetId);
    if (judged === undefined) throw new Error(`There is no budget ${budgetId}.`);
    const { budget } = judged;
    const record = this.#recordOf(budget, this.#periodOf(budget));
    return { key: record.keyOf(subject), period: record.period };
  }

  /** An override was made or taken back: it holds at once. */
  overrideChanged(budgetId: string): void {
    const judged = this.#options.gate.get(budgetId);
    const record = this.#records.get(budgetId);
    if (judged === undefined || record === undefined) return;
    record.readOverrides();
    const uses = [...judged.uses.values()].map((use) => this.#judge(record, use, judged.isMeasured));
    this.#options.gate.set(judgedOf(record, uses, judged.isMeasured));
  }

  /** The ledger may have changed: looks soon, and at most some times a second. */
  changed(): void {
    if (this.#hasBegun && this.#options.gate.all().length > 0) this.#pace.soon();
  }

  /** Looks at a session that is about to run as if it did. Never rejects: without a ledger, what is known holds. */
  async expect(sessionId: string): Promise<void> {
    this.#starting.add(sessionId);
    const [oldest] = this.#starting;
    if (this.#starting.size > MAX_STARTING && oldest !== undefined) this.#starting.delete(oldest);
    if (this.#options.gate.all().length === 0) return;
    await this.look().catch((error: unknown) => this.#logged(error));
  }

  /** Judges everything by what the ledger holds now. @throws RequestError `internal` when it cannot be read. */
  look(): Promise<void> {
    return this.#pace.now();
  }

  /** Resolves when nothing is looked at any more. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#pace.dispose();
  }

  #logged(error: unknown): void {
    this.#options.log.warn({ err: error }, "what was used of budgets is not known at present");
  }

  /** When the next period begins, everything counts from nothing. */
  #untilTurn(): number | null {
    const ends = this.#options.gate.all().flatMap(({ period }) => period.toMs ?? []);
    return this.#hasBegun && ends.length > 0 ? Math.min(...ends) - this.#options.now().getTime() : null;
  }

  async #look(): Promise<void> {
    if (this.#isDisposed) return;
    const { gate, measure, liveSessions, onJudged } = this.#options;
    const live = liveSessions();
    const looked = gate.all().map(({ budget }) => ({ budget, period: this.#periodOf(budget) }));
    if (looked.length === 0) return;
    const asks = looked.map(({ budget, period: { fromMs, toMs } }) => {
      const lowest = thresholdsOf(budget)[0] ?? 100;
      return { scope: useScopeOf(budget, live, [...this.#starting], lowest), fromMs, toMs };
    });
    const answers = await measure(asks);
    if (this.#isDisposed) return;
    const current = new Set([...live.flatMap(idsOf), ...this.#starting]);
    for (const [index, { budget, period }] of looked.entries()) {
      // Changed or deleted meanwhile: its next look is on its way.
      if (gate.get(budget.budgetId)?.budget !== budget) continue;
      this.#judgeAll(this.#recordOf(budget, period), answers[index] ?? [], current);
    }
    onJudged();
  }

  #judgeAll(record: BudgetRecord, sums: readonly UseSum[], current: ReadonlySet<string>): void {
    const { budget } = record;
    const told: ToldCrossing[] = [];
    const uses = sums.map((sum) => {
      const counted = countedUse(budget.limit, sum);
      const { sessionId, unpricedMessages } = sum;
      const subject = subjectOf(budget.scope, sessionId);
      if (this.#isPresent(budget, sum, current)) told.push(...this.#cross(record, subject, sum));
      return this.#judge(record, { subject, sessionId, counted, unpricedMessages }, true);
    });
    this.#options.gate.set(judgedOf(record, uses, true));
    for (const crossing of told) this.#options.onCrossed(crossing);
  }

  /** A budget for each session does not tell of sessions that are past: there may be thousands. */
  #isPresent({ scope }: Budget, { sessionId, lastMs }: UseSum, current: ReadonlySet<string>): boolean {
    if (scope.kind !== "eachSession" || current.has(sessionId ?? "")) return true;
    return lastMs !== null && lastMs >= this.#options.now().getTime() - RECENT_MS;
  }

  /** Records what is passed for the first time; answers what is to be told of it. */
  #cross(record: BudgetRecord, subject: string, sum: UseSum): readonly ToldCrossing[] {
    const { budget, period } = record;
    if (!this.#hasBegun || !budget.isEnabled) return [];
    const counted = countedUse(budget.limit, sum);
    const recorded = record.crossedBy(subject).map(({ percent }) => percent);
    const { percents, told } = newCrossings(budget, counted, recorded);
    if (percents.length === 0) return [];
    const at = this.#options.now().toISOString();
    const isOverridden = record.overrideOf(subject) !== null;
    const rows = percents.map((percent): CrossingRow => {
      const alert: BudgetAlert = {
        alertId: randomUUID(),
        budgetId: budget.budgetId,
        budgetName: budgetName(budget),
        sessionId: sum.sessionId,
        sessionTitle: sum.sessionId === null ? null : this.#options.titleOf(sum.sessionId),
        percent,
        spent: toldAmount(budget.limit, counted),
        limit: budget.limit,
        from: momentOf(period.fromMs),
        at,
        action: percent === 100 && !isOverridden ? budget.atLimit : "tell",
        warnedSessionIds: [],
      };
      return { ...record.keyOf(subject), isTold: percent === told, alert };
    });
    return this.#recorded(record, rows)
      .filter(({ isTold }) => isTold)
      .map(({ alert }) => ({ budget, alert, lastSessionId: sum.lastSessionId }));
  }

  /** What cannot be recorded is not told: it would be told again and again. The next look tries again. */
  #recorded(record: BudgetRecord, rows: readonly CrossingRow[]): readonly CrossingRow[] {
    try {
      return record.cross(rows);
    } catch (error) {
      this.#options.log.error({ err: error }, "a threshold of a budget was passed and could not be recorded");
      return [];
    }
  }

  #judge(
    record: BudgetRecord,
    use: Pick<JudgedUse, "subject" | "sessionId" | "counted" | "unpricedMessages">,
    isMeasured = false,
  ): JudgedUse {
    const crossed = record.crossedBy(use.subject);
    const override = record.overrideOf(use.subject);
    const { subject, sessionId, counted, unpricedMessages } = use;
    const judged = { subject, sessionId, counted, unpricedMessages, crossed, override };
    return { ...judged, isActing: isActing(record.budget, judged, isMeasured) };
  }

  #recordOf(budget: Budget, period: PeriodSpan): BudgetRecord {
    const known = this.#records.get(budget.budgetId);
    if (known?.budget === budget && known.period.key === period.key) return known;
    const record = new BudgetRecord(this.#options.rows, budget, period);
    this.#records.set(budget.budgetId, record);
    return record;
  }

  #periodOf({ period }: Budget): PeriodSpan {
    const timeZone = this.#options.timeZone();
    if (timeZone !== this.#days.timeZone) this.#days = new LocalDays(timeZone);
    return periodAt(period, this.#days, this.#options.now().getTime());
  }
}

function judgedOf(record: BudgetRecord, uses: readonly JudgedUse[], isMeasured: boolean): JudgedBudget {
  const { budget, period } = record;
  return { budget, period, isMeasured, uses: new Map(uses.map((use) => [use.subject, use])) };
}
