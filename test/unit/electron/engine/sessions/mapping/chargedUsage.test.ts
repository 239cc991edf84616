/** What the live stream tells of a message's cost: whose it is, and whether its counts are to be believed. */
import { expect, it } from "vitest";
import { parseMessage } from "../../../../../../electron/engine/claude/parseMessage.ts";
import { mapMessage } from "../../../../../../electron/engine/sessions/mapping/mapMessage.ts";
import { initialMappingState } from "../../../../../../electron/engine/sessions/mapping/mappingState.ts";
import type { EventDraft } from "../../../../../../shared/model/event.ts";

const GOOD = { input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 3 };

function streamed(session_id: string, start: unknown, end: unknown): readonly object[] {
  const message = { id: "msg_1", model: "m", usage: start };
  return [
    { type: "stream_event", session_id, event: { type: "message_start", message } },
    { type: "stream_event", session_id, event: { type: "message_delta", delta: {}, usage: end } },
  ];
}

const result = (session_id: string, total_cost_usd: number): object => ({
  ...{ type: "result", subtype: "success", is_error: false, num_turns: 1, session_id, total_cost_usd },
});

function mapped(lines: readonly object[]): readonly EventDraft[] {
  let state = initialMappingState(0);
  return lines.flatMap((line) => {
    const told = mapMessage(state, parseMessage(JSON.stringify(line)), { isPayload: () => false, sessionId: "s1" });
    ({ state } = told);
    return told.events;
  });
}

const usageOf = (events: readonly EventDraft[]) =>
  events.flatMap((event) => (event.type === "usage.recorded" ? [event.data] : []));

type Case = readonly [what: string, start: object, end: object, tokens: object, isBad: boolean];
const NONE = { input: null, output: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null };

const cases: readonly Case[] = [
  ["counts", GOOD, GOOD, { ...NONE, input: 10, output: 20, cacheRead: 3 }, false],
  [
    "a negative count at the end, which does not erase the beginning's",
    GOOD,
    { ...GOOD, input_tokens: -1 },
    { ...NONE, input: 10, output: 20, cacheRead: 3 },
    false,
  ],
  ["a negative count at both", { ...GOOD, input_tokens: -1 }, { ...GOOD, input_tokens: -1 }, NONE, true],
  ["a negative output", GOOD, { ...GOOD, output_tokens: -1 }, NONE, true],
  ["a fraction", GOOD, { ...GOOD, input_tokens: 1.5 }, NONE, true],
  ["more than can be counted", GOOD, { ...GOOD, output_tokens: 1e300 }, NONE, true],
  ["a fraction of a search", GOOD, { ...GOOD, server_tool_use: { web_search_requests: 0.5 } }, NONE, true],
  [
    "a bad beginning that the end puts right",
    { ...GOOD, input_tokens: 1.5 },
    GOOD,
    { ...NONE, input: 10, output: 20, cacheRead: 3 },
    false,
  ],
  ["nothing", {}, {}, NONE, false],
];

it.each(cases)("%s", (_, start, end, tokens, isBad) => {
  const [usage] = usageOf(mapped(streamed("s1", start, end)));
  expect([usage?.usage, usage?.charge?.isBad ?? false]).toEqual([tokens, isBad]);
});

it("a message that was cut off is believed as little", () => {
  const [start] = streamed("s1", { ...GOOD, input_tokens: -1 }, {});
  const [usage] = usageOf(mapped([start ?? {}, result("s1", 1)]));
  expect([usage?.usage, usage?.charge?.isProvisional, usage?.charge?.isBad]).toEqual([NONE, true, true]);
});

it("is of the session that the CLI names, when that is another one: after /clear", () => {
  const events = mapped([
    ...[...streamed("s1", GOOD, GOOD), result("s1", 1), result("s2", 0)],
    ...[...streamed("s2", GOOD, GOOD), result("s2", 2)],
  ]);
  expect(usageOf(events).map(({ charge }) => charge?.countedFor)).toEqual([undefined, "s2"]);
  const totals = events.flatMap((event) => (event.type === "turn.completed" ? [event.data] : []));
  expect(totals.map(({ totalCostUsd, costUsd, countedFor }) => [totalCostUsd, costUsd, countedFor])).toEqual([
    [1, 1, undefined],
    [0, 0, "s2"],
    [2, 2, "s2"],
  ]);
});
