import { afterEach, beforeEach, expect, test } from "vitest";
import type { CostFilters } from "../../../../../electron/engine/ledger/costFilters.ts";
import { aCopy, type LabelledLedger, openLabelledLedger } from "../../../../support/ledger/labelledLedger.ts";

let ledger: LabelledLedger;
beforeEach(() => {
  ledger = openLabelledLedger();
  ledger.tell({
    copies: [
      aCopy("m1", "one"),
      aCopy("m2", "two", { input: 2000 }),
      aCopy("m3", "three", { input: 5000 }),
      aCopy("m4", "none"),
    ],
    // The CLI charged five cents of which no message of `two` tells.
    totals: [
      { sessionId: "two", atMs: Date.parse("2026-11-20T11:00:00Z"), totalNano: 60e6, addedNano: 60e6, turnId: null },
    ],
    labels: [
      { sessionId: "one", label: "Acme" },
      { sessionId: "two", label: "Acme" },
      { sessionId: "three", label: "Inhouse" },
    ],
  });
});
afterEach(() => ledger.dispose());

function report(filters: CostFilters = {}, limit = 1000) {
  const { rows, leftOut } = ledger.queries.answer("report", { groupBy: "label", timeZone: "UTC", limit, ...filters });
  return [rows.map(({ key, label, costUsd, unattributedUsd }) => [key, label, costUsd, unattributedUsd]), leftOut];
}

const ACME = ["Acme", "Acme", 0.016, 0.05];
const INHOUSE = ["Inhouse", "Inhouse", 0.022, 0];
const NONE = ["", "no label", 0.006, 0];

test("costs are added up by label, those beyond messages too, and what has none is its own row", () => {
  expect(report()).toEqual([[ACME, INHOUSE, NONE], 0]);
});

test("what has no label is never hidden, however few rows are asked for", () => {
  expect(report({}, 1)).toEqual([[ACME, NONE], 1]);
  const { rows } = ledger.queries.answer("top", { what: "labels", limit: 1 });
  expect(rows.map(({ key, label, sessionId }) => [key, label, sessionId])).toEqual([
    ["Acme", "Acme", null],
    ["", "no label", null],
  ]);
});

test("the dearest labels have what the report has", () => {
  const { rows } = ledger.queries.answer("top", { what: "labels", limit: 10 });
  const told = rows.map(({ key, label, costUsd, unattributedUsd }) => [key, label, costUsd, unattributedUsd]);
  expect(told).toEqual([ACME, INHOUSE, NONE]);
});

test("days are split by label", () => {
  const { rows } = ledger.queries.answer("report", { groupBy: "day", splitBy: "label", timeZone: "UTC", limit: 10 });
  expect(rows[0]?.parts.map(({ key, label, costUsd }) => [key, label, costUsd])).toEqual([
    ["Acme", "Acme", 0.066],
    ["Inhouse", "Inhouse", 0.022],
    ["", "no label", 0.006],
  ]);
});

test("every question is narrowed to a label, or to what has none", () => {
  expect(report({ label: "Acme" })).toEqual([[ACME], 0]);
  expect(report({ label: "" })).toEqual([[NONE], 0]);
  expect(report({ label: "nobody" })).toEqual([[], 0]);
  const { items } = ledger.queries.answer("entries", { label: "Acme", order: "newest", limit: 10 });
  expect(items.map(({ messageId, sessionLabel }) => [messageId, sessionLabel])).toEqual([
    ["m2", "Acme"],
    ["m1", "Acme"],
  ]);
  const nowMs = Date.parse("2026-11-20T12:00:00Z");
  const { allTime, activeWindow } = ledger.queries.answer("summary", { label: "Inhouse", timeZone: "UTC", nowMs });
  expect([allTime.costUsd, activeWindow?.costUsd]).toEqual([0.022, 0.022]);
});

test("another label, and one that was taken away, hold at once for what was used before", () => {
  expect(report()).toEqual([[ACME, INHOUSE, NONE], 0]);
  ledger.tell({ labels: [{ sessionId: "one", label: "Inhouse" }] });
  expect(report({ label: "Inhouse" })).toEqual([[["Inhouse", "Inhouse", 0.028, 0]], 0]);
  ledger.tell({ labels: [{ sessionId: "three", label: null }] });
  expect(report({ label: "" })).toEqual([[["", "no label", 0.028, 0]], 0]);
});

test("an earlier ledger brings a label back only where nothing newer is known", () => {
  ledger.tell({ labels: [{ sessionId: "three", label: null }] });
  const labels = ["one", "three", "none"].map((sessionId) => ({ sessionId, label: "Old" }));
  ledger.tell({ earlier: { totals: [], sessions: [], labels } });
  expect(report({ label: "Old" })).toEqual([[["Old", "Old", 0.006, 0]], 0]);
});

test("an export has the label with each entry", () => {
  const { text } = ledger.queries.answer("export", { format: "csv", label: "Inhouse" });
  const [names = "", entry = ""] = text.split("\r\n");
  expect(entry.split(",")[names.split(",").indexOf("label")]).toBe("Inhouse");
});
