import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseMessage } from "../../../../../electron/engine/claude/parseMessage.ts";
import { mapMessage } from "../../../../../electron/engine/sessions/mapping/mapMessage.ts";
import { initialMappingState } from "../../../../../electron/engine/sessions/mapping/mappingState.ts";
import { receiptsOf } from "../../../../../electron/engine/sessions/mapping/receiptsOf.ts";
import type { EventDraft } from "../../../../../shared/model/event.ts";

const samples = new URL("../../../../support/samples/", import.meta.url);

/** Messages that the real CLI wrote, by the name of what was done to it. */
function readSample(name: string) {
  const text = readFileSync(new URL(`${name}.jsonl`, samples), "utf8");
  return text.trimEnd().split("\n").map(parseMessage);
}

/** All events and receipts of a sample in order; payload ids are numbered as they come. */
function mapSample(name: string, costBefore: number | null = 0): readonly string[] {
  const ids = new Map<string, string>();
  const nameOf = (id: string | null): string => {
    if (id === null) return "nobody";
    if (!ids.has(id)) ids.set(id, `p${ids.size + 1}`);
    return ids.get(id) ?? "";
  };
  const messages = readSample(name);
  const payloads = new Set(
    messages.flatMap((message) => (message.kind === "command_lifecycle" ? [message.commandUuid] : [])),
  );
  let state = initialMappingState(costBefore);
  const lines: string[] = [];
  for (const message of messages) {
    const mapped = mapMessage(state, message, { isPayload: (uuid) => payloads.has(uuid) });
    state = mapped.state;
    lines.push(...mapped.events.flatMap((event) => lineOf(event, nameOf)));
    lines.push(...receiptsOf(message).map((step) => `${nameOf(step.payloadId)} ${step.state}`));
  }
  return lines;
}

function lineOf(event: EventDraft, nameOf: (id: string | null) => string): string[] {
  switch (event.type) {
    case "turn.started":
      return [`turn by ${nameOf(event.data.payloadId)}`];
    case "turn.completed": {
      const { outcome, payloadIds, costUsd } = event.data;
      return [`turn ${outcome} for ${payloadIds.map(nameOf).join("+") || "nobody"}, ${costUsd} USD`];
    }
    case "user.textAdded":
      return [`${event.data.origin}: ${event.data.text.slice(0, 40)}`];
    case "assistant.textAdded":
      return [`assistant: ${event.data.text.slice(0, 60)}`];
    case "tool.called":
      return [`calls ${event.data.name}`];
    case "tool.finished":
      return [`${event.data.isError ? "failed" : "result"}: ${event.data.output.slice(0, 30)}`];
    case "assistant.delta":
    case "session.initialized":
    case "session.modelChanged":
    case "status.reported":
    case "session.contextMeasured":
    case "usage.recorded":
      return [];
    default:
      return [event.type];
  }
}

describe("mapMessage on what the real CLI wrote", () => {
  it("attributes a payload that joins a running tool call to the same turn", () => {
    expect(mapSample("injectedDuringTool")).toEqual([
      "p1 queued",
      "p1 delivered",
      "session.modeChanged",
      "turn by p1",
      "payload: WAIT_BASH /home/dev/project/go",
      "p1 delivered",
      "calls Bash",
      "p2 queued",
      "result: waited",
      "payload: Mind the gap",
      "p2 delivered",
      "p2 delivered",
      "assistant: The Bash tool answered: waited\nMeanwhile I was told: Mind th",
      "p2 answered",
      "turn success for p1+p2, 0.00284 USD",
      "p1 answered",
      "p2 answered",
      "p1 answered",
    ]);
  });

  it("ends the turn that a payload cuts short as interrupted and attributes the next to the cutter", () => {
    expect(mapSample("nowDuringTool").slice(6)).toEqual([
      "calls Bash",
      "task.started",
      "p2 queued",
      "task.finished",
      "result: waited",
      "turn interrupted for p1, 0.00164 USD",
      "p1 cancelled",
      "p2 delivered",
      "turn by p2",
      "payload: SAY stopped and here",
      "p2 delivered",
      "assistant: stopped and here",
      "turn success for p2, 0.00064 USD",
      "p2 answered",
      "p2 answered",
    ]);
  });

  it("starts no turn for silent context", () => {
    expect(mapSample("silentContext").filter((line) => line.startsWith("turn"))).toEqual([
      "turn by p2",
      "turn success for p2, 0.00108 USD",
    ]);
  });

  it("lets a finished background task start a turn that no payload caused", () => {
    expect(mapSample("backgroundBash").filter((line) => /^(turn|task)/u.test(line))).toEqual([
      "turn by p1",
      "task.started",
      "turn success for p1, 0.00492 USD",
      "task.updated",
      "task.finished",
      expect.stringMatching(/^turn by/u),
      "turn success for nobody, 0.0118 USD",
    ]);
  });

  it("keeps the cost of a compaction, which is no turn of the model", () => {
    expect(mapSample("compact").filter((line) => line.startsWith("turn"))).toEqual([
      "turn by p1",
      "turn success for p1, 0.00058 USD",
      "turn success for p2, 0.00144 USD",
    ]);
  });

  it.each([
    ["interruptTool", "turn interrupted for p1, 0.00166 USD", ["cancelled"]],
    ["notLoggedIn", "turn error for p1, 0 USD", ["failed", "cancelled"]],
  ])("ends %s", (name, turn, receipts) => {
    const lines = mapSample(name);
    expect(lines).toContain(turn);
    expect(lines.slice(lines.indexOf(turn) + 1)).toEqual(receipts.map((receipt) => `p1 ${receipt}`));
  });

  it("does not know what the first turn of a resumed session cost before the baseline is known", () => {
    expect(mapSample("textTurn", null).find((line) => line.startsWith("turn success"))).toBe(
      "turn success for p1, null USD",
    );
  });

  it("leaves nothing unrecognised in any sample", () => {
    const names = [
      "askQuestion",
      "hooks",
      "planApproved",
      "subagent",
      "subagentForwarded",
      "thinkingTurn",
      "writeEditRead",
      "backgroundSubagent",
      "dontAskMode",
      "apiRetryThenAnswer",
    ];
    const unknown = names.flatMap((name) => readSample(name).filter(({ kind }) => kind === "unrecognised"));
    expect(unknown).toEqual([]);
  });
});
