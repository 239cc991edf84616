import { describe, expect, it } from "vitest";
import { BudgetGate } from "../../../../../electron/engine/budgets/budgetGate.ts";
import { BudgetWatch, type ToldCrossing } from "../../../../../electron/engine/budgets/budgetWatch.ts";
import type { UseAsk, UseSum } from "../../../../../electron/engine/ledger/costUse.ts";
import { type BudgetRows, budgetRows } from "../../../../../electron/engine/storage/budgetRows.ts";
import { openDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import type { Budget } from "../../../../../shared/model/budget.ts";
import { aBudget } from "./aBudget.ts";

const NOON = "2026-11-20T12:00:00.000Z";
const anOverride = {
  ...{ overrideId: "override-1", budgetName: "Shop", sessionId: null, spent: null },
  ...{ at: NOON, by: "test", note: null, until: null },
};
const openRows = (): BudgetRows => budgetRows(openDatabase(":memory:", () => new Date()).database);

function aSum(usd: number, differences: Partial<UseSum> = {}): UseSum {
  return {
    ...{ sessionId: null, nanoUsd: Math.round(usd * 1e9), tokens: 0, unpricedMessages: 0 },
    ...{ lastSessionId: "session-1", lastMs: Date.parse(NOON) },
    ...differences,
  };
}

/** A watch over a ledger that tells what the test says, in UTC. */
class Stage {
  readonly gate = new BudgetGate(() => new Date(this.now));
  readonly told: ToldCrossing[] = [];
  readonly asks: UseAsk[] = [];
  readonly warnings: unknown[] = [];
  readonly watch: BudgetWatch;
  now = NOON;
  live: string[] = [];
  measure: (asks: readonly UseAsk[]) => readonly (readonly UseSum[])[] = (asks) => asks.map(() => [aSum(0)]);

  constructor(rows: BudgetRows, hasBegun = true) {
    this.watch = new BudgetWatch({
      rows,
      gate: this.gate,
      measure: async (asks) => {
        this.asks.push(...asks);
        return this.measure(asks);
      },
      liveSessions: () => this.live.map((sessionId) => ({ sessionId, projectPath: "/shop", countedFor: null })),
      titleOf: (sessionId) => (sessionId === "session-1" ? "Spends" : null),
      onCrossed: (crossing) => this.told.push(crossing),
      onJudged: () => undefined,
      now: () => new Date(this.now),
      timeZone: () => "UTC",
      log: {
        info: () => undefined,
        warn: (detail) => this.warnings.push(detail),
        error: (detail) => this.warnings.push(detail),
      },
    });
    if (hasBegun) this.watch.begin();
  }

  async spend(...sums: readonly UseSum[]): Promise<void> {
    this.measure = (asks) => asks.map(() => sums);
    await this.watch.look();
  }

  get percents(): readonly number[] {
    return this.told.map(({ alert }) => alert.percent);
  }

  isActing(sessionId = "session-1"): boolean {
    return this.gate.strongest({ sessionId, projectPath: "/shop", countedFor: null }) !== null;
  }
}

function stageWith(budget: Partial<Budget> = {}): { readonly stage: Stage; readonly rows: BudgetRows } {
  const rows = openRows();
  rows.save(aBudget(budget));
  return { stage: new Stage(rows), rows };
}

describe("BudgetWatch", () => {
  it("tells of each threshold once, and of the highest when several are passed at once", async () => {
    const { stage, rows } = stageWith();
    for (const usd of [4.99, 5, 5.01, 12, 20]) await stage.spend(aSum(usd));
    expect(stage.percents).toEqual([50, 100]);
    expect(stage.told[0]).toMatchObject({
      lastSessionId: "session-1",
      alert: { spent: 5, from: "2026-11-20T00:00:00.000Z" },
    });
    expect(rows.alerts({ limit: 9 }).items.map(({ percent }) => percent)).toEqual([100, 50]);
    expect(
      stage.gate
        .get("budget-1")
        ?.uses.get("everything")
        ?.crossed.map(({ percent }) => percent),
    ).toEqual([50, 80, 100]);
  });

  it("does not tell again after a restart, and holds before anything is measured", async () => {
    const { stage, rows } = stageWith({ atLimit: "hold" });
    await stage.spend(aSum(11));
    await stage.watch.dispose();
    const again = new Stage(rows);
    expect(again.isActing()).toBe(true);
    await again.spend(aSum(12));
    expect([again.percents, again.isActing()]).toEqual([[], true]);
  });

  it("counts from nothing in the next period", async () => {
    const { stage } = stageWith({ atLimit: "hold" });
    await stage.spend(aSum(11));
    stage.now = "2026-11-21T00:00:00.000Z";
    expect(stage.isActing()).toBe(false);
    await stage.spend(aSum(6));
    expect(stage.asks.at(-1)).toMatchObject({
      fromMs: Date.parse(stage.now),
      toMs: Date.parse("2026-11-22T00:00:00Z"),
    });
    expect([stage.percents, stage.isActing()]).toEqual([[100, 50], false]);
  });

  it("tells anew of another limit, and nothing of one that it had before", async () => {
    const { stage, rows } = stageWith();
    await stage.spend(aSum(6));
    for (const amount of [12, 10]) {
      const changed = aBudget({ limit: { unit: "usd", amount } });
      rows.save(changed);
      stage.watch.take(changed);
      await stage.spend(aSum(6));
    }
    expect(stage.told.map(({ alert }) => [alert.percent, alert.limit.amount])).toEqual([
      [50, 10],
      [50, 12],
    ]);
  });

  it("acts on what the limit does now, also when it was only told before", async () => {
    const { stage } = stageWith({ warnAt: [] });
    await stage.spend(aSum(11));
    expect([stage.percents, stage.isActing()]).toEqual([[], false]);
    stage.watch.take(aBudget({ warnAt: [], atLimit: "hold" }));
    await stage.spend(aSum(11));
    expect(stage.told.map(({ alert }) => [alert.percent, alert.action])).toEqual([[100, "hold"]]);
    expect(stage.isActing()).toBe(true);
  });

  it("lets work go on while an override holds, and no longer", async () => {
    const { stage, rows } = stageWith({ atLimit: "hold" });
    await stage.spend(aSum(11));
    const { key } = stage.watch.present("budget-1", "everything");
    rows.override({ ...key, ...anOverride });
    stage.watch.overrideChanged("budget-1");
    expect(stage.isActing()).toBe(false);
    await stage.spend(aSum(30));
    expect(stage.isActing()).toBe(false);
    rows.revoke("budget-1", null, NOON);
    stage.watch.overrideChanged("budget-1");
    expect(stage.isActing()).toBe(true);
    rows.override({ ...key, ...anOverride, overrideId: "override-2" });
    stage.watch.overrideChanged("budget-1");
    stage.now = "2026-11-21T12:00:00.000Z";
    await stage.spend(aSum(11));
    expect(stage.isActing()).toBe(true);
  });

  it("says of a limit that was overridden before that nothing was done", async () => {
    const { stage, rows } = stageWith({ atLimit: "close" });
    const { key } = stage.watch.present("budget-1", "everything");
    rows.override({ ...key, ...anOverride });
    stage.watch.overrideChanged("budget-1");
    await stage.spend(aSum(11));
    expect(stage.told[0]?.alert.action).toBe("tell");
  });

  it("neither tells nor acts while disabled, nor before old transcripts are read", async () => {
    const { stage } = stageWith({ atLimit: "hold", isEnabled: false });
    await stage.spend(aSum(11));
    expect([stage.percents, stage.isActing()]).toEqual([[], false]);
    const rows = openRows();
    rows.save(aBudget({ atLimit: "hold" }));
    const early = new Stage(rows, false);
    await early.spend(aSum(11));
    expect([early.percents, early.isActing()]).toEqual([[], false]);
    expect(early.gate.get("budget-1")?.uses.get("everything")?.counted).toBe(11e9);
    early.watch.begin();
    await early.spend(aSum(11));
    expect([early.percents, early.isActing()]).toEqual([[100], true]);
  });

  it("tells of sessions that run, are about to, or used something just now, and of none that is past", async () => {
    const { stage } = stageWith({ scope: { kind: "eachSession" }, atLimit: "hold", period: "always" });
    const past = Date.parse("2026-11-20T11:00:00Z");
    const used = (sessionId: string, lastMs: number) => aSum(11, { sessionId, lastSessionId: sessionId, lastMs });
    stage.live = ["live"];
    const sums = [used("live", past), used("recent", Date.parse(NOON)), used("past", past)];
    await stage.spend(...sums);
    expect(stage.told.map(({ alert }) => alert.sessionId)).toEqual(["live", "recent"]);
    expect(stage.isActing("past")).toBe(false);
    await stage.watch.expect("past");
    expect(stage.isActing("past")).toBe(true);
    expect(stage.asks.at(-1)?.scope).toEqual({
      ...{ kind: "each", sessionIds: ["live", "past"], unit: "usd", least: 5e9, limit: 100 },
    });
  });

  it("asks for each scope by what the ledger knows", async () => {
    const { stage, rows } = stageWith({ scope: { kind: "project", projectPath: "/shop" }, period: "always" });
    const others = [
      aBudget({ budgetId: "b", scope: { kind: "session", sessionId: "s" } }),
      aBudget({ budgetId: "c", scope: { kind: "everything" } }),
      aBudget({ budgetId: "d", scope: { kind: "eachSession" }, limit: { unit: "tokens", amount: 200 }, warnAt: [] }),
    ];
    for (const budget of others) {
      rows.save(budget);
      stage.watch.take(budget);
    }
    stage.live = ["live"];
    await stage.watch.look();
    expect(stage.asks.map(({ scope }) => scope)).toEqual([
      { kind: "project", projectPath: "/shop", sessionIds: ["live"] },
      { kind: "session", sessionId: "s" },
      { kind: "all" },
      { kind: "each", sessionIds: ["live"], unit: "tokens", least: 200, limit: 100 },
    ]);
    expect(stage.asks[0]).toMatchObject({ fromMs: null, toMs: null });
  });

  it("leaves a budget alone that was changed or deleted while its use was asked for", async () => {
    const { stage, rows } = stageWith({ atLimit: "hold" });
    stage.measure = (asks) => {
      rows.delete("budget-1");
      stage.watch.drop("budget-1");
      return asks.map(() => [aSum(11)]);
    };
    await stage.watch.look();
    expect([stage.percents, stage.gate.all()]).toEqual([[], []]);
  });

  it("keeps what it knew when the ledger cannot be read", async () => {
    const { stage } = stageWith({ atLimit: "hold" });
    await stage.spend(aSum(11));
    stage.measure = () => {
      throw new Error("no ledger");
    };
    await expect(stage.watch.look()).rejects.toThrow("no ledger");
    await stage.watch.expect("session-2");
    expect([stage.isActing(), stage.warnings.length]).toEqual([true, 1]);
  });
});
