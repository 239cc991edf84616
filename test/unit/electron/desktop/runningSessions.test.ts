import { expect, test } from "vitest";
import { reduceRunningSessions, type RunningSessions } from "../../../../electron/desktop/runningSessions.ts";
import type { EventDraft } from "../../../../shared/model/event.ts";
import { processExited, sessionCreated } from "../../../support/electronStandIn/permissionFixtures.ts";

function after(...steps: readonly (readonly [sessionId: string, draft: EventDraft])[]): RunningSessions {
  return steps.reduce<RunningSessions>(
    (running, [sessionId, draft], index) =>
      reduceRunningSessions(running, { ...draft, sessionId, seq: index + 1, at: "2026-01-01T00:00:00.000Z" }),
    new Map(),
  );
}

function titles(running: RunningSessions): readonly string[] {
  return [...running.values()].map(({ title }) => title);
}

const renamed: EventDraft = { type: "session.renamed", data: { title: "Better name", source: "person" } };

test("a session runs from its start to the exit of its process, under its latest title", () => {
  const started = [
    ["a", sessionCreated("First")],
    ["b", sessionCreated("Second")],
    ["a", renamed],
  ] as const;
  expect(titles(after(...started))).toEqual(["Better name", "Second"]);
  expect(titles(after(...started, ["a", processExited]))).toEqual(["Second"]);
});

test("a resumed session runs again", () => {
  expect(titles(after(["a", sessionCreated("First")], ["a", processExited], ["a", sessionCreated("First")]))).toEqual([
    "First",
  ]);
});

test("events of a session that does not run change nothing", () => {
  const running = after(["a", sessionCreated("First")]);
  const event = { ...renamed, sessionId: "unknown", seq: 9, at: "2026-01-01T00:00:00.000Z" };
  expect(reduceRunningSessions(running, event)).toBe(running);
});
