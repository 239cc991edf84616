/**
 * Owns what is done about budgets: telling of a crossing, warning sessions, interrupting and closing them.
 * Knows nothing about how use is measured.
 * Invariant: only owned sessions are sent anything or stopped; of an observed one it is only told.
 */
import type { BudgetAlert } from "../../../shared/model/budget.ts";
import type { EventDraft, SessionEvent } from "../../../shared/model/event.ts";
import type { EngineLog } from "../engineLog.ts";
import type { PayloadDispatch } from "../sessions/payloadDispatch.ts";
import type { SessionDirectory } from "../sessions/sessionDirectory.ts";
import type { BudgetRows } from "../storage/budgetRows.ts";
import { stoppedWords, warningText } from "./actingWords.ts";
import type { ActingBudget, BudgetGate } from "./budgetGate.ts";
import { subjectOf, subjectsFor } from "./budgetSubject.ts";
import type { ToldCrossing } from "./budgetWatch.ts";
import type { CountedSessions } from "./countedSessions.ts";

/** The sessions that run as children of this host. */
export interface StoppableSessions {
  readonly liveIds: () => readonly string[];
  readonly require: (sessionId: string) => {
    readonly isTurnRunning: boolean;
    readonly interrupt: () => Promise<unknown>;
    readonly close: () => Promise<unknown>;
  };
}

export interface BudgetActsOptions {
  readonly gate: BudgetGate;
  readonly counted: CountedSessions;
  readonly rows: Pick<BudgetRows, "setWarned">;
  readonly directory: Pick<SessionDirectory, "get">;
  readonly owned: StoppableSessions;
  readonly dispatch: Pick<PayloadDispatch, "warn">;
  /** `isKept`: the event belongs to the history that this host keeps of the session. */
  readonly emit: (sessionId: string, draft: EventDraft, isKept: boolean) => void;
  readonly log: EngineLog;
}

/** What an event names that belongs to no session. */
const NO_SESSION = "";

/** How the model knows the sender of a warning. */
const SENDER = "budget";

export class BudgetActs {
  readonly #options: BudgetActsOptions;
  /** Sessions that are being stopped, and whether another turn has begun meanwhile. */
  readonly #stopping = new Map<string, { hasNewTurn: boolean }>();

  constructor(options: BudgetActsOptions) {
    this.#options = options;
  }

  /** Warns the sessions concerned, then tells of the crossing in the session that caused it, or of none. */
  tell({ budget, alert, lastSessionId }: ToldCrossing): void {
    const { rows, directory, counted, log } = this.#options;
    const warnedSessionIds = this.#warnAll({ budget, alert, lastSessionId });
    const told: BudgetAlert = { ...alert, warnedSessionIds };
    if (warnedSessionIds.length > 0) {
      try {
        rows.setWarned(told);
      } catch (error) {
        log.error({ err: error }, "who was warned of a budget could not be recorded");
      }
    }
    const userId = alert.sessionId ?? lastSessionId;
    const sessionId = userId === null ? NO_SESSION : counted.runningFor(userId);
    // E.g. what was used was imported: every client hears of it all the same.
    const isKnown = directory.get(sessionId) !== undefined;
    this.#emit(isKnown ? sessionId : NO_SESSION, { type: "budget.crossed", data: { alert: told } });
  }

  /** A session does something: a turn that begins beyond a limit is stopped at once. */
  take({ type, sessionId }: Pick<SessionEvent, "type" | "sessionId">): void {
    if (type !== "turn.started" && type !== "process.started") return;
    const stopping = this.#stopping.get(sessionId);
    if (stopping !== undefined && type === "turn.started") stopping.hasNewTurn = true;
    this.#stop(sessionId);
  }

  /** Stops what must not run. */
  enforce(): void {
    for (const sessionId of this.#options.owned.liveIds()) this.#stop(sessionId);
  }

  #warnAll({ budget, alert }: ToldCrossing): readonly string[] {
    const isWanted = budget.warnSessions && budget.warnAt.includes(alert.percent);
    // A process that is about to end reads nothing any more.
    if (!isWanted || alert.action === "close") return [];
    const { directory, dispatch, owned, counted, log } = this.#options;
    const subject = subjectOf(budget.scope, alert.sessionId);
    const text = warningText(budget, alert);
    const metadata = { source: SENDER, percent: alert.percent };
    return owned.liveIds().filter((sessionId) => {
      const session = directory.get(sessionId);
      if (session === undefined || !subjectsFor(budget.scope, counted.budgeted(session)).includes(subject))
        return false;
      try {
        // What would follow an interrupted turn would begin another one.
        dispatch.warn({ sessionId, sender: SENDER, text, metadata, isSilent: alert.action === "interrupt" });
        return true;
      } catch (error) {
        log.warn({ err: error, sessionId }, "a session could not be warned of a budget");
        return false;
      }
    });
  }

  #stop(sessionId: string): void {
    const { gate, directory, owned, counted } = this.#options;
    const summary = directory.get(sessionId);
    if (summary === undefined || this.#stopping.has(sessionId) || !owned.liveIds().includes(sessionId)) return;
    const acting = gate.strongest(counted.budgeted(summary));
    if (acting === null) return;
    const { atLimit } = acting.judged.budget;
    const session = owned.require(sessionId);
    if (atLimit === "close") this.#stopBy(sessionId, acting, () => session.close());
    if (atLimit === "interrupt" && session.isTurnRunning) this.#stopBy(sessionId, acting, () => session.interrupt());
  }

  #stopBy(sessionId: string, { judged, use }: ActingBudget, stop: () => Promise<unknown>): void {
    const state = { hasNewTurn: false };
    this.#stopping.set(sessionId, state);
    this.#emit(sessionId, {
      type: "notice.reported",
      data: { text: stoppedWords(judged, use), level: "warning", speaker: "switchboard" },
    });
    stop()
      .catch((error: unknown) =>
        this.#options.log.warn({ err: error, sessionId }, "a session could not be stopped at a budget's limit"),
      )
      .finally(() => {
        this.#stopping.delete(sessionId);
        // E.g. with a payload that the CLI had queued.
        if (state.hasNewTurn) this.#stop(sessionId);
      });
  }

  #emit(sessionId: string, draft: EventDraft): void {
    const { directory, emit } = this.#options;
    const session = directory.get(sessionId);
    emit(sessionId, draft, session?.live === true && session.owner === "owned");
  }
}
