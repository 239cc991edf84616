import { describe, expect, it } from "vitest";
import type { CrossingRow } from "../../../../../electron/engine/storage/budgetCrossingRows.ts";
import { type BudgetRows, budgetRows } from "../../../../../electron/engine/storage/budgetRows.ts";
import type { HeldChange, RowWrites } from "../../../../../electron/engine/storage/heldWrites.ts";
import { openDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import type { BudgetAlert } from "../../../../../shared/model/budget.ts";
import { aBudget } from "../budgets/aBudget.ts";

const open = (): BudgetRows => budgetRows(openDatabase(":memory:", () => new Date()).database);
const key = { budgetId: "budget-1", subject: "everything", period: "day:2026-11-20", limitKey: "usd:10" };
const at = "2026-11-20T12:00:00.000Z";

function crossing(percent: number, differences: Partial<CrossingRow> = {}): CrossingRow {
  const row = { ...key, isTold: true, ...differences };
  const alert: BudgetAlert = {
    ...{ alertId: `${JSON.stringify(differences)} ${percent}`, budgetId: row.budgetId, budgetName: "Shop" },
    ...{ sessionId: null, sessionTitle: null, percent, spent: 5, limit: { unit: "usd", amount: 10 }, from: null, at },
    ...{ action: "tell", warnedSessionIds: [] },
  };
  return { ...row, alert };
}

const made = {
  ...key,
  ...{ overrideId: "override-1", budgetName: "Shop", sessionId: null, spent: 10.02 },
  ...{ at, by: "browser", note: "Nearly there", until: null },
};
const ofOne = { ...made, overrideId: "override-2", subject: "each:a", sessionId: "a", spent: null, note: null };

describe("budgets", () => {
  it("are kept in the order they were made, with their latest terms", () => {
    const rows = open();
    rows.save(aBudget());
    rows.save(aBudget({ budgetId: "budget-2" }));
    rows.save(aBudget({ name: null }));
    expect(rows.all()).toEqual([aBudget({ name: null }), aBudget({ budgetId: "budget-2" })]);
    rows.delete("budget-1");
    expect(rows.all()).toEqual([aBudget({ budgetId: "budget-2" })]);
  });

  it("are left out when they cannot be read", () => {
    const { database } = openDatabase(":memory:", () => new Date());
    const rows = budgetRows(database);
    rows.save(aBudget());
    database.exec(`INSERT INTO budgets (budget_id, budget) VALUES ('other', '{"period":"decade"}')`);
    expect(rows.all()).toEqual([aBudget()]);
  });
});

describe("crossings", () => {
  it("are kept once for each budget, subject, period, limit and percent", () => {
    const rows = open();
    expect(rows.cross([crossing(50)])).toEqual([crossing(50)]);
    const again = { ...crossing(50), alert: { ...crossing(50).alert, alertId: "again" } };
    const others = [
      crossing(80),
      crossing(50, { budgetId: "budget-2" }),
      crossing(50, { subject: "each:a" }),
      crossing(50, { period: "day:2026-11-21" }),
      crossing(50, { limitKey: "usd:20" }),
    ];
    expect(rows.cross([again, ...others])).toEqual(others);
    expect(rows.crossed(key)).toEqual([crossing(50), crossing(50, { subject: "each:a" }), crossing(80)]);
  });

  it("are listed when they were told, the newest first, in pages, also of a deleted budget", () => {
    const rows = open();
    rows.cross([crossing(50, { isTold: false }), crossing(80), crossing(100)]);
    rows.cross([crossing(50, { budgetId: "budget-2" })]);
    rows.delete("budget-1");
    const first = rows.alerts({ limit: 2 });
    expect(first.items).toEqual([crossing(50, { budgetId: "budget-2" }).alert, crossing(100).alert]);
    const rest = rows.alerts({ limit: 2, ...(first.nextBefore === null ? {} : { before: first.nextBefore }) });
    expect(rest).toEqual({ items: [crossing(80).alert], nextBefore: null });
    expect(rows.alerts({ budgetId: "budget-2", limit: 9 }).items).toHaveLength(1);
  });

  it("learn who was warned", () => {
    const rows = open();
    rows.cross([crossing(50)]);
    const alert: BudgetAlert = { ...crossing(50).alert, warnedSessionIds: ["session-1"] };
    rows.setWarned(alert);
    expect(rows.alerts({ limit: 1 }).items).toEqual([alert]);
  });
});

describe("overrides", () => {
  it("stay as a record when they are taken back", () => {
    const rows = open();
    rows.override(made);
    rows.override(ofOne);
    rows.revoke("budget-1", "each:a", at);
    rows.revoke("budget-2", null, at);
    expect(rows.overrides("budget-1")).toEqual([
      { ...made, revokedAt: null },
      { ...ofOne, revokedAt: at },
    ]);
    rows.revoke("budget-1", null, "2026-11-20T13:00:00.000Z");
    expect(rows.overrides("budget-1").map(({ revokedAt }) => revokedAt)).toEqual(["2026-11-20T13:00:00.000Z", at]);
  });

  it("are listed with the newest first, in pages, of one budget or of all", () => {
    const rows = open();
    const other = { ...made, overrideId: "override-3", budgetId: "budget-2" };
    for (const row of [made, other, ofOne]) rows.override(row);
    rows.revoke("budget-1", "everything", at);
    rows.delete("budget-1");
    const first = rows.newestOverrides({ limit: 2 });
    expect(first.items).toEqual([
      { ...ofOne, revokedAt: null },
      { ...other, revokedAt: null },
    ]);
    const rest = rows.newestOverrides({ limit: 2, before: first.nextBefore ?? 0 });
    expect(rest).toEqual({ items: [{ ...made, revokedAt: at }], nextBefore: null });
    const ofBudget = rows.newestOverrides({ budgetId: "budget-1", limit: 9 }).items;
    expect(ofBudget.map(({ overrideId }) => overrideId)).toEqual(["override-2", "override-1"]);
  });
});

/** Rows of a database that cannot be written until `writeAll`. */
function openHeld() {
  const changes: HeldChange[] = [];
  const writes: RowWrites = {
    isHolding: true,
    write: (change) => {
      changes.push(change);
      change.onHeld?.();
    },
  };
  const { database } = openDatabase(":memory:", () => new Date());
  const writeAll = (): void => {
    for (const { act, onSettled } of changes) {
      act();
      onSettled?.();
    }
  };
  return { database, rows: budgetRows(database, writes), writeAll };
}

describe("what cannot be written", () => {
  it("is listed all the same, before what was written, and does not cross again", () => {
    const { database, rows, writeAll } = openHeld();
    const written = budgetRows(database);
    written.cross([crossing(50)]);
    written.override(made);
    const warned: BudgetAlert = { ...crossing(80).alert, warnedSessionIds: ["session-1"] };
    rows.cross([crossing(80), crossing(100, { isTold: false }), crossing(50, { budgetId: "budget-2" })]);
    rows.setWarned(warned);
    rows.override(ofOne);
    rows.revoke("budget-1", "everything", at);
    const look = () => [
      rows.crossed(key).map(({ alert }) => alert.percent),
      rows.alerts({ budgetId: "budget-1", limit: 9 }),
      rows.newestOverrides({ budgetId: "budget-1", limit: 9 }),
      rows.newestOverrides({ budgetId: "budget-2", limit: 9 }).items,
    ];
    const expected = [
      [50, 80, 100],
      { items: [warned, crossing(50).alert], nextBefore: null },
      {
        items: [
          { ...ofOne, revokedAt: null },
          { ...made, revokedAt: at },
        ],
        nextBefore: null,
      },
      [],
    ];
    expect(look()).toEqual(expected);
    expect(rows.alerts({ limit: 9, before: 2 }).items).toEqual([crossing(50).alert]);
    writeAll();
    expect(look()).toEqual(expected);
  });

  it("holds all the same, and is kept once it can be", () => {
    const { database, rows, writeAll } = openHeld();
    rows.save(aBudget());
    expect(rows.cross([crossing(50)])).toEqual([crossing(50)]);
    rows.override(made);
    rows.override(ofOne);
    rows.revoke("budget-1", "each:a", at);
    const overrides = [
      { ...made, revokedAt: null },
      { ...ofOne, revokedAt: at },
    ];
    expect([rows.overrides("budget-1"), rows.overrides("budget-2")]).toEqual([overrides, []]);
    expect(budgetRows(database).overrides("budget-1")).toEqual([]);
    writeAll();
    expect(rows.overrides("budget-1")).toEqual(overrides);
    const written = budgetRows(database);
    expect([written.all(), written.crossed(key), written.overrides("budget-1")]).toEqual([
      [aBudget()],
      [crossing(50)],
      overrides,
    ]);
  });
});
