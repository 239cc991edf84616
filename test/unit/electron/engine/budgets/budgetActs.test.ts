import { describe, expect, it } from "vitest";
import { BudgetActs } from "../../../../../electron/engine/budgets/budgetActs.ts";
import { BudgetGate } from "../../../../../electron/engine/budgets/budgetGate.ts";
import type { ToldCrossing } from "../../../../../electron/engine/budgets/budgetWatch.ts";
import { CountedSessions } from "../../../../../electron/engine/budgets/countedSessions.ts";
import type { HostWarning } from "../../../../../electron/engine/sessions/payloadDispatch.ts";
import type { Budget, BudgetAlert } from "../../../../../shared/model/budget.ts";
import type { EventDraft } from "../../../../../shared/model/event.ts";
import { aPayload, aSession } from "../../../../support/builders.ts";
import { aBudget, aJudgedBudget, aUse } from "./aBudget.ts";

/** Two owned sessions, of which one has a running turn, and an observed one. */
class Stage {
  readonly emitted: { readonly sessionId: string; readonly draft: EventDraft; readonly isKept: boolean }[] = [];
  readonly warned: HostWarning[] = [];
  readonly recorded: BudgetAlert[] = [];
  readonly stopped: string[] = [];
  readonly gate = new BudgetGate(() => new Date("2026-11-20T12:00:00Z"));
  /** Each interruption lasts until the test ends it. */
  readonly stops: PromiseWithResolvers<void>[] = [];
  running = ["running"];
  readonly acts = new BudgetActs({
    gate: this.gate,
    counted: new CountedSessions(),
    rows: { setWarned: (alert) => this.recorded.push(alert) },
    directory: {
      get: (sessionId) => {
        if (!["running", "idle", "observed"].includes(sessionId)) return undefined;
        const projectPath = sessionId === "idle" ? "/idle" : "/shop";
        return aSession({ sessionId, projectPath, live: true, owner: sessionId === "observed" ? "observed" : "owned" });
      },
    },
    owned: {
      liveIds: () => ["running", "idle", "starting"],
      require: (sessionId) => ({
        isTurnRunning: this.running.includes(sessionId),
        interrupt: () => this.#stop(`interrupt ${sessionId}`),
        close: () => this.#stop(`close ${sessionId}`),
      }),
    },
    dispatch: {
      warn: (warning) => {
        this.warned.push(warning);
        return aPayload();
      },
    },
    emit: (sessionId, draft, isKept) => this.emitted.push({ sessionId, draft, isKept }),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });

  #stop(what: string): Promise<void> {
    this.stopped.push(what);
    const stop = Promise.withResolvers<void>();
    this.stops.push(stop);
    return stop.promise;
  }

  act(budget: Partial<Budget>): void {
    this.gate.set(aJudgedBudget(budget));
    this.acts.enforce();
  }
}

function aCrossing(budget: Partial<Budget>, alert: Partial<BudgetAlert> = {}): ToldCrossing {
  const { budgetId, name, limit, atLimit } = aBudget(budget);
  return {
    budget: aBudget(budget),
    lastSessionId: "running",
    alert: {
      ...{
        alertId: "alert-1",
        budgetId,
        budgetName: name ?? "",
        sessionId: null,
        sessionTitle: null,
        percent: 100,
        spent: 10,
        limit,
      },
      ...{ from: null, at: "2026-11-20T12:00:00.000Z", action: atLimit, warnedSessionIds: [] },
      ...alert,
    },
  };
}

describe("tell", () => {
  it.each([
    ["all owned ones", {}, {}, ["running", "idle"]],
    ["those of the project", { scope: { kind: "project", projectPath: "/idle" } }, {}, ["idle"]],
    ["the session", { scope: { kind: "session", sessionId: "idle" } }, { sessionId: "idle" }, ["idle"]],
    ["the session of each", { scope: { kind: "eachSession" } }, { sessionId: "running" }, ["running"]],
    ["nobody who is observed", { scope: { kind: "session", sessionId: "observed" } }, { sessionId: "observed" }, []],
    ["nobody where nobody is to be warned", { warnAt: [50] }, {}, []],
    ["nobody whose process ends", { atLimit: "close" }, {}, []],
  ] as const)("warns %s", (_, budget, alert, expected) => {
    const stage = new Stage();
    stage.acts.tell(aCrossing({ warnSessions: true, ...budget }, alert));
    expect(stage.warned.map(({ sessionId }) => sessionId)).toEqual(expected);
    expect(stage.recorded.map(({ warnedSessionIds }) => warnedSessionIds)).toEqual(
      expected.length > 0 ? [expected] : [],
    );
  });

  it("warns nobody unless that is wanted, and in silence where the turn is interrupted", () => {
    const stage = new Stage();
    stage.acts.tell(aCrossing({}));
    expect(stage.warned).toEqual([]);
    stage.acts.tell(aCrossing({ warnSessions: true, atLimit: "interrupt" }));
    expect(stage.warned.map(({ isSilent }) => isSilent)).toEqual([true, true]);
  });

  it.each([
    ["the one that used something last", {}, "running", [["running", true]]],
    ["the budget's own", { sessionId: "idle" }, "running", [["idle", true]]],
    ["an observed one, whose history is not kept here", {}, "observed", [["observed", false]]],
    ["of no session where nobody knows it, which is not kept", {}, "gone", [["", false]]],
    ["of no session where none is named", {}, null, [["", false]]],
  ] as const)("tells of it in a session: %s", (_, alert, lastSessionId, expected) => {
    const stage = new Stage();
    stage.acts.tell({ ...aCrossing({}, alert), lastSessionId });
    expect(stage.emitted.map(({ sessionId, isKept }) => [sessionId, isKept])).toEqual(expected);
  });
});

describe("enforce", () => {
  it.each([
    ["tell", []],
    ["hold", []],
    ["interrupt", ["interrupt running"]],
    ["close", ["close running", "close idle"]],
  ] as const)("at a limit that would %s does %j", (atLimit, expected) => {
    const stage = new Stage();
    const uses = [aUse({ isActing: atLimit !== "tell" })];
    stage.gate.set(aJudgedBudget({ atLimit }, uses));
    stage.acts.enforce();
    expect(stage.stopped).toEqual(expected);
    expect(stage.emitted.map(({ draft }) => draft.type)).toEqual(expected.map(() => "notice.reported"));
  });

  it("stops a turn once, and the next one that begins meanwhile", async () => {
    const stage = new Stage();
    stage.act({ atLimit: "interrupt" });
    stage.acts.enforce();
    expect(stage.stopped).toHaveLength(1);
    stage.acts.take({ type: "turn.started", sessionId: "running" });
    expect(stage.stopped).toHaveLength(1);
    stage.stops[0]?.reject(new Error("too late"));
    await new Promise(setImmediate);
    expect(stage.stopped).toEqual(["interrupt running", "interrupt running"]);
    stage.stops[1]?.resolve();
    await new Promise(setImmediate);
    expect(stage.stopped).toHaveLength(2);
    stage.running = ["idle"];
    stage.acts.take({ type: "turn.started", sessionId: "idle" });
    expect(stage.stopped.at(-1)).toBe("interrupt idle");
  });

  it("closes a process that starts all the same", () => {
    const stage = new Stage();
    stage.gate.set(aJudgedBudget({ atLimit: "close" }));
    stage.acts.take({ type: "process.started", sessionId: "idle" });
    expect(stage.stopped).toEqual(["close idle"]);
  });
});
