import { describe, expect, test } from "vitest";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { isMarked } from "../../../../renderer/terminal/marks/eventMark.ts";
import { nothingTold, tellMark } from "../../../../renderer/terminal/marks/toldMarks.ts";
import { sampleEvents } from "./sampleEvents.ts";

/** The titles that are shown, in order. */
function titles(events: readonly SessionEvent[]): readonly string[] {
  let told = nothingTold;
  return events.filter(isMarked).flatMap((event) => {
    const next = tellMark(told, event);
    told = next.told;
    return next.mark === null ? [] : [next.mark.title];
  });
}

describe("marks", () => {
  const make = sampleEvents();
  const created = make("session.created", {
    projectPath: "/p",
    title: "t",
    origin: "new",
    parentSessionId: null,
    model: null,
    permissionMode: null,
    gitBranch: null,
    history: null,
  });
  const started = (pid: number): SessionEvent =>
    make("process.started", { pid, startedAt: "2026-01-31T12:00:00.000Z", cliVersion: null });
  const init = make("session.initialized", {
    cwd: "/p",
    model: "m",
    permissionMode: "default",
    cliVersion: null,
    apiKeySource: null,
    tools: [],
    slashCommands: [],
    mcpServers: [],
  });
  const mode = (permissionMode: string): SessionEvent => make("session.modeChanged", { permissionMode });
  const model = (name: string): SessionEvent => make("session.modelChanged", { model: name });

  test.each<readonly [string, readonly SessionEvent[], readonly string[]]>([
    [
      "a start is one line and its settings another",
      [created, started(7), mode("default"), init, model("m")],
      ["session started in /p · claude process 7 started", "m · mode default · 0 tools"],
    ],
    [
      "a change is told once",
      [init, mode("plan"), mode("plan"), model("n")],
      ["m · mode default · 0 tools", "permission mode is now plan", "model is now n"],
    ],
    [
      "a change before the first turn is told",
      [created, started(7), mode("default"), mode("plan")],
      ["session started in /p · claude process 7 started", "permission mode is now plan"],
    ],
    ["a change whose start is not loaded is told", [mode("plan")], ["permission mode is now plan"]],
    [
      "another process tells what differs",
      [init, mode("plan"), started(8), mode("default")],
      [
        "m · mode default · 0 tools",
        "permission mode is now plan",
        "claude process 8 started",
        "permission mode is now default",
      ],
    ],
    ["settings that are told again are not", [init, init], ["m · mode default · 0 tools"]],
  ])("%s", (_name, events, shown) => {
    expect(titles(events)).toEqual(shown);
  });
});
