import { expect, test } from "vitest";
import { SessionLabels } from "../../../../../electron/engine/sessions/sessionLabels.ts";
import { openDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { sessionLabelRows } from "../../../../../electron/engine/storage/sessionLabelRows.ts";
import type { EventDraft } from "../../../../../shared/model/event.ts";

/** Over a real database; whoever knows sessions, listens and gets the labels is the test. */
function labelsUnderTest() {
  const { database } = openDatabase(":memory:", () => new Date());
  const store = sessionLabelRows(database);
  const told: string[] = [];
  const ledger: string[] = [];
  const open = (): SessionLabels => {
    const labels = new SessionLabels({
      store,
      isKnown: (sessionId) => !sessionId.startsWith("unknown"),
      emit: (sessionId, draft) => told.push(`${draft.type} ${sessionId} ${JSON.stringify(draft.data)}`),
    });
    labels.onChange(({ sessionId, label }) => ledger.push(`${sessionId}: ${label ?? "none"}`));
    return labels;
  };
  const take = (labels: SessionLabels, sessionId: string, draft: EventDraft): void =>
    labels.take({ ...draft, sessionId, seq: 1, at: "2026-11-20T10:00:00.000Z" });
  return { open, take, told, ledger };
}

const clearedInto = (countedFor: string): EventDraft => ({
  type: "turn.completed",
  data: {
    ...{ turnId: null, payloadIds: [], outcome: "success", subtype: "success", terminalReason: null, durationMs: null },
    ...{ modelTurns: 1, totalCostUsd: 1, costUsd: 1, usage: null, errorText: null },
    countedFor,
  },
});

test("a label is told, kept and handed to the ledger once", () => {
  const { open, told, ledger } = labelsUnderTest();
  const labels = open();
  labels.set("one", "Acme");
  labels.set("one", "Acme");
  expect([labels.of("one"), labels.of("two")]).toEqual(["Acme", null]);
  expect(told).toEqual(['session.labelled one {"label":"Acme"}']);
  expect(ledger).toEqual(["one: Acme"]);
  expect(open().of("one")).toBe("Acme");
});

test("a session that nobody knows is labelled without a word", () => {
  const { open, told, ledger } = labelsUnderTest();
  open().set("unknown-1", "Acme");
  expect([told, ledger]).toEqual([[], ["unknown-1: Acme"]]);
});

test("a label that was taken away is not brought back by another source, not even after a restart", () => {
  const { open, told } = labelsUnderTest();
  const labels = open();
  labels.set("one", "Acme");
  labels.set("one", null);
  const others = [
    { sessionId: "one", label: "Old" },
    { sessionId: "two", label: "Other" },
  ];
  const again = open();
  again.adopt(others);
  expect([again.of("one"), again.of("two")]).toEqual([null, "Other"]);
  expect(again.all()).toEqual([
    { sessionId: "one", label: null },
    { sessionId: "two", label: "Other" },
  ]);
  expect(told.slice(1)).toEqual(['session.labelled one {"label":null}', 'session.labelled two {"label":"Other"}']);
});

test("after /clear the label is that of what the process goes on in, until it ends", () => {
  const { open, take, ledger } = labelsUnderTest();
  const labels = open();
  labels.set("one", "Acme");
  take(labels, "one", clearedInto("one-cleared"));
  labels.set("one", "Other");
  take(labels, "one", {
    type: "process.exited",
    data: { pid: 1, exitCode: 0, signal: null, expected: true, reason: null, stderrTail: "" },
  });
  labels.set("one", null);
  expect(ledger).toEqual(["one: Acme", "one-cleared: Acme", "one: Other", "one-cleared: Other", "one: none"]);
});

test("what a process goes on in keeps a label of its own", () => {
  const { open, take } = labelsUnderTest();
  const labels = open();
  labels.set("one", "Acme");
  labels.set("one-cleared", "Other");
  take(labels, "one", clearedInto("one-cleared"));
  expect(labels.of("one-cleared")).toBe("Other");
});
