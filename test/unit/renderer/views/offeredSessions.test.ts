import { expect, test } from "vitest";
import { emptyOrder, reorder } from "../../../../renderer/stores/sessionOrder.ts";
import { offeredSessions } from "../../../../renderer/views/palette/offeredSessions.ts";
import { sampleSession, time } from "../stores/samples.ts";

const sessions = Array.from({ length: 200 }, (_, index) =>
  sampleSession({
    sessionId: `s${index}`,
    projectPath: `/p${index % 3}`,
    title: `Title ${index}`,
    live: index === 150,
    lastActivityAt: time(index),
  }),
);
const order = reorder(
  emptyOrder,
  sessions.map((after) => ({ before: null, after })),
);

test("the palette offers a bounded number, in the list's order", () => {
  const offered = offeredSessions(order, "").map(({ sessionId }) => sessionId);
  expect([offered.length, offered.slice(0, 3)]).toEqual([50, ["s150", "s199", "s198"]]);
});

test("what is typed finds one that is far down", () => {
  expect(offeredSessions(order, "title 7 /p1").map(({ sessionId }) => sessionId)).toContain("s7");
});
