import { describe, expect, test } from "vitest";
import type { EventData, EventDraft } from "../../../shared/model/event.ts";
import { reduceSession } from "../../../shared/state/reduceSession.ts";
import { aSession } from "../../support/builders.ts";

const AT = "2026-11-20T10:00:00.000Z";
const before = aSession({ costUsd: 1, turnCostUsd: 0.25 });

function after(draft: EventDraft) {
  const told = reduceSession(before, { ...draft, seq: 1, at: AT, sessionId: before.sessionId });
  return told === undefined ? null : [told.turnCostUsd, told.lastActivityAt === AT];
}

const result: Omit<EventData<"turn.completed">, "totalCostUsd" | "costUsd"> = {
  ...{ turnId: "t", payloadIds: [], outcome: "success", subtype: "success", terminalReason: null, durationMs: null },
  ...{ modelTurns: 1, usage: null, errorText: null },
};

test("an event of no session changes nothing, whatever it is", () => {
  const at = { seq: 1, at: AT, sessionId: "" };
  const sighted = { ...at, type: "session.sighted", data: { summary: aSession({ sessionId: "" }) } } as const;
  const renamed = { ...at, type: "session.renamed", data: { title: "Other", source: "cli" } } as const;
  expect([reduceSession(undefined, sighted), reduceSession(before, renamed)]).toEqual([undefined, before]);
});

test("a label is set and taken away, which is no activity", () => {
  const at = { seq: 1, at: AT, sessionId: before.sessionId, type: "session.labelled" } as const;
  const labelled = reduceSession(before, { ...at, data: { label: "Acme" } });
  expect(labelled).toEqual({ ...before, label: "Acme" });
  expect(reduceSession(labelled, { ...at, data: { label: null } })).toEqual(before);
});

test("a session that is taken over keeps its label", () => {
  const data = { projectPath: "/p", title: "Mine", origin: "resumed", parentSessionId: null } as const;
  const settings = { model: null, permissionMode: null, gitBranch: null, history: null };
  const created = { type: "session.created", data: { ...data, ...settings } } as const;
  const labelled = aSession({ owner: "none", live: false, label: "Acme" });
  expect(reduceSession(labelled, { ...created, seq: 1, at: AT, sessionId: labelled.sessionId })?.label).toBe("Acme");
});

describe("the cost of a session's turn", () => {
  test.each<readonly [string, EventDraft, readonly [number | null, boolean]]>([
    [
      "grows, which is no activity",
      { type: "session.costChanged", data: { costUsd: 1.5, turnCostUsd: 0.75, unpricedMessages: 0 } },
      [0.75, false],
    ],
    [
      "is not known where nobody named the turn",
      { type: "session.costChanged", data: { costUsd: 1.5, turnCostUsd: null, unpricedMessages: 0 } },
      [null, false],
    ],
    ["that begins is not known yet", { type: "turn.started", data: { turnId: "t", payloadId: null } }, [null, true]],
    [
      "that ended is what the CLI says",
      { type: "turn.completed", data: { ...result, totalCostUsd: 2, costUsd: 1 } },
      [1, true],
    ],
    [
      "stays where the CLI says nothing",
      { type: "turn.completed", data: { ...result, totalCostUsd: null, costUsd: null } },
      [0.25, true],
    ],
  ])("%s", (_name, draft, expected) => {
    expect(after(draft)).toEqual(expected);
  });
});
