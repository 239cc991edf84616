/** Wires budgets: what is kept of them, the looks at what was used, and what they do about sessions. */
import { randomUUID } from "node:crypto";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { Budget, BudgetAlert, BudgetStatus, BudgetTerms, OverrideRecord } from "../../../shared/model/budget.ts";
import { budgetName } from "../../../shared/text/budgetWords.ts";
import type { EventBus } from "../bus/eventBus.ts";
import type { Costs } from "../costs/openCosts.ts";
import type { EngineLog } from "../engineLog.ts";
import type { OwnedSessions } from "../sessions/ownedSessions.ts";
import type { PayloadDispatch } from "../sessions/payloadDispatch.ts";
import type { SessionDirectory } from "../sessions/sessionDirectory.ts";
import type { TurnGate } from "../sessions/turnGate.ts";
import type { OverrideRow } from "../storage/budgetOverrideRows.ts";
import type { BudgetRows } from "../storage/budgetRows.ts";
import { limitKeyOf, limitOfKey, toldAmount } from "./budgetAmount.ts";
import { BudgetActs } from "./budgetActs.ts";
import { BudgetGate } from "./budgetGate.ts";
import { momentOf } from "./budgetPeriod.ts";
import { subjectOf } from "./budgetSubject.ts";
import { BudgetWatch } from "./budgetWatch.ts";
import { CountedSessions } from "./countedSessions.ts";
import type { JudgedBudget } from "./judgeBudget.ts";
import { tellBudget } from "./tellBudget.ts";

export interface BudgetsOptions {
  readonly rows: BudgetRows;
  readonly costs: Pick<Costs, "ask" | "onWritten">;
  readonly bus: EventBus;
  readonly directory: SessionDirectory;
  readonly owned: OwnedSessions;
  readonly dispatch: PayloadDispatch;
  /** What a session is called, also one that is gone; null where nobody knows. */
  readonly titleOf: (sessionId: string) => string | null;
  readonly now: () => Date;
  readonly log: EngineLog;
}

/** Who lets work go on, in whose session, and why. */
export interface OverrideAsk {
  readonly budgetId: string;
  readonly sessionId?: string | undefined;
  readonly note?: string | undefined;
  readonly by: string;
}

type RecordAsk = Parameters<BudgetRows["alerts"]>[0];

/** What happened to budgets, the newest first. */
interface RecordPage<Item> {
  readonly items: readonly Item[];
  readonly nextBefore: number | null;
}

export interface Budgets extends TurnGate {
  /** Rejects with RequestError `internal` when the ledger cannot be read and use was never known. */
  readonly list: () => Promise<readonly BudgetStatus[]>;
  /** Rejects with RequestError `bad_request` when there are too many. */
  readonly create: (terms: BudgetTerms) => Promise<BudgetStatus>;
  /** Rejects with RequestError `not_found`. */
  readonly change: (budgetId: string, terms: BudgetTerms) => Promise<BudgetStatus>;
  /** @throws RequestError `not_found`. */
  readonly delete: (budgetId: string) => void;
  /** Rejects with RequestError `not_found`, `bad_request`. */
  readonly override: (ask: OverrideAsk) => Promise<BudgetStatus>;
  readonly revoke: (ask: Omit<OverrideAsk, "note" | "by">) => Promise<BudgetStatus>;
  readonly alerts: (ask: RecordAsk) => RecordPage<BudgetAlert>;
  readonly overrides: (ask: RecordAsk) => RecordPage<OverrideRecord>;
  /** To be called when old transcripts have been read: from then on crossings are recorded and told. */
  readonly begin: () => void;
  readonly dispose: () => Promise<void>;
}

/** Each costs a pass over the ledger's entries at every look. */
const MAX_BUDGETS = 100;

/** What was recorded in earlier runs holds as soon as this returns. */
export function openBudgets(options: BudgetsOptions): Budgets {
  const { rows, costs, bus, directory, now, log } = options;
  const gate = new BudgetGate(now);
  const counted = new CountedSessions();
  const acts = new BudgetActs({
    ...options,
    ...{ gate, counted },
    emit: (sessionId, draft, isKept) =>
      void (isKept ? bus.append(sessionId, draft) : bus.appendRead(sessionId, draft, null)),
  });
  const watch = new BudgetWatch({
    ...{ rows, gate, now, log },
    measure: (asks) => costs.ask("uses", { asks }),
    titleOf: (sessionId) => directory.get(sessionId)?.title ?? null,
    liveSessions: () => directory.live().map((session) => counted.budgeted(session)),
    onCrossed: (crossing) => acts.tell(crossing),
    onJudged: () => acts.enforce(),
    timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  });
  costs.onWritten(() => watch.changed());
  const stopListening = bus.listen((event) => {
    counted.take(event);
    acts.take(event);
    if (event.type === "session.created") watch.changed();
  });
  return {
    ...requestsOf(options, gate, watch),
    checkPayload: (sessionId, payload) => gate.checkPayload(counted.budgeted(directory.require(sessionId)), payload),
    checkStart: async ({ hasPrompt, ...session }) => {
      // What a session used that did not run until now may never have been looked at.
      await watch.expect(session.sessionId);
      gate.checkStart(counted.budgeted(session), hasPrompt);
    },
    begin: () => watch.begin(),
    dispose: async () => {
      stopListening();
      await watch.dispose();
    },
  };
}

type BudgetRequests = Omit<Budgets, keyof TurnGate | "begin" | "dispose">;

function requestsOf(
  { rows, directory, titleOf, now, log }: BudgetsOptions,
  gate: BudgetGate,
  watch: BudgetWatch,
): BudgetRequests {
  const sessions = { titleOf, isLive: (sessionId: string): boolean => directory.get(sessionId)?.live === true };
  const required = (budgetId: string): Budget => {
    const judged = gate.get(budgetId);
    if (judged !== undefined) return judged.budget;
    throw new RequestError("not_found", `There is no budget ${budgetId}. Another client may have deleted it.`);
  };
  /** After a look; without a ledger, by what was known before. */
  const told = async (budgetId: string): Promise<BudgetStatus> => {
    await watch.look().catch((error: unknown) => log.warn({ err: error }, "what was used of a budget is not known"));
    const judged = gate.get(budgetId);
    if (judged === undefined) throw new RequestError("not_found", `The budget ${budgetId} was deleted meanwhile.`);
    return tellBudget(judged, sessions);
  };
  const kept = (budget: Budget): Promise<BudgetStatus> => {
    rows.save(budget);
    watch.take(budget);
    return told(budget.budgetId);
  };
  return {
    list: async () => {
      if (gate.all().length === 0) return [];
      await watch.look().catch((error: unknown) => {
        if (gate.all().some(({ isMeasured }) => !isMeasured)) throw error;
      });
      return gate.all().map((judged) => tellBudget(judged, sessions));
    },
    create: async (terms) => {
      if (gate.all().length >= MAX_BUDGETS) {
        throw new RequestError("bad_request", `There are ${MAX_BUDGETS} budgets already. Delete one, or change one.`);
      }
      return kept({ ...tidied(terms), budgetId: randomUUID(), createdAt: now().toISOString() });
    },
    change: async (budgetId, terms) => {
      const before = required(budgetId);
      const budget = { ...tidied(terms), budgetId, createdAt: before.createdAt };
      // An override belongs to the limit that it overrode.
      if (boundOf(before) !== boundOf(budget)) rows.revoke(budgetId, null, now().toISOString());
      return kept(budget);
    },
    delete: (budgetId) => {
      required(budgetId);
      rows.delete(budgetId);
      watch.drop(budgetId);
    },
    override: async ({ budgetId, sessionId, note, by }) => {
      const budget = required(budgetId);
      const subject = overridden(budget, sessionId);
      const { key, period } = watch.present(budgetId, subject);
      rows.override({
        ...{ ...key, overrideId: randomUUID(), budgetName: budgetName(budget), by, at: now().toISOString() },
        sessionId: overriddenSession(budget.scope, sessionId),
        spent: spentOf(gate.get(budgetId), subject),
        note: note === "" ? null : (note ?? null),
        until: momentOf(period.toMs),
      });
      watch.overrideChanged(budgetId);
      return told(budgetId);
    },
    revoke: async ({ budgetId, sessionId }) => {
      rows.revoke(budgetId, overridden(required(budgetId), sessionId), now().toISOString());
      watch.overrideChanged(budgetId);
      return told(budgetId);
    },
    ...recordOf(rows, titleOf),
  };
}

/** What happened, under the titles that sessions have now; of those that nobody knows any more, under the ones they had. */
function recordOf(rows: BudgetRows, titleOf: BudgetsOptions["titleOf"]): Pick<Budgets, "alerts" | "overrides"> {
  const titled = <Told extends Pick<BudgetAlert, "sessionId" | "sessionTitle">>(told: Told): Told => {
    const title = told.sessionId === null ? null : titleOf(told.sessionId);
    return { ...told, sessionTitle: title ?? told.sessionTitle };
  };
  return {
    alerts: (ask) => {
      const { items, nextBefore } = rows.alerts(ask);
      return { items: items.map(titled), nextBefore };
    },
    overrides: (ask) => {
      const { items, nextBefore } = rows.newestOverrides(ask);
      return { items: items.map((row) => titled(toldOverride(row))), nextBefore };
    },
  };
}

/** In the unit of the limit; null when it is not known. */
function spentOf(judged: JudgedBudget | undefined, subject: string): number | null {
  const use = judged?.uses.get(subject);
  return judged === undefined || use === undefined ? null : toldAmount(judged.budget.limit, use.counted);
}

function toldOverride({ subject: _subject, period: _period, limitKey, ...told }: OverrideRow): OverrideRecord {
  return { ...told, sessionTitle: null, limit: limitOfKey(limitKey) };
}

/** @throws RequestError `bad_request` when it is not said whose. */
function overridden({ scope }: Budget, sessionId: string | undefined): string {
  if (scope.kind !== "eachSession" || sessionId !== undefined) return subjectOf(scope, sessionId ?? null);
  throw new RequestError("bad_request", "This budget is one for each session: say of which with `sessionId`.", {
    field: "sessionId",
  });
}

/** Whose use the override is of; null of a budget that is not about a session. */
function overriddenSession(scope: Budget["scope"], asked: string | undefined): string | null {
  if (scope.kind === "session") return scope.sessionId;
  return scope.kind === "eachSession" ? (asked ?? null) : null;
}

function tidied(terms: BudgetTerms): BudgetTerms {
  return { ...terms, warnAt: [...new Set(terms.warnAt)].toSorted((a, b) => a - b) };
}

function boundOf({ scope, period, limit }: BudgetTerms): string {
  return JSON.stringify([subjectOf(scope, null), period, limitKeyOf(limit)]);
}
