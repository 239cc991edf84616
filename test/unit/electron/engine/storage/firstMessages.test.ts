import fc from "fast-check";
import { expect, it } from "vitest";
import { FirstMessages } from "../../../../../electron/engine/storage/firstMessages.ts";

it("finds the rows that were last set for an id, and none for another", () => {
  const id = fc.oneof(
    fc.string(),
    fc.nat(50).map((number) => `msg_${number}`),
  );
  const set = fc.tuple(id, fc.array(fc.nat(), { minLength: 1, maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(set, { maxLength: 200 }), id, (sets, other) => {
      const first = new FirstMessages();
      for (const [messageId, keys] of sets) first.set(messageId, keys);
      const expected = new Map(sets);
      for (const [messageId, keys] of expected) expect(first.keys(messageId)).toEqual(keys);
      expect(first.has(other)).toBe(expected.has(other));
      expect(first.size).toBe(expected.size);
    }),
  );
});

it("keeps them while it grows", () => {
  const first = new FirstMessages();
  const ids = Array.from({ length: 100_000 }, (_, index) => `msg_01${index.toString(36).padStart(20, "A")}`);
  for (const [index, id] of ids.entries()) first.set(id, [index + 1]);
  expect(first.size).toBe(ids.length);
  expect(ids.every((id, index) => first.keys(id)[0] === index + 1)).toBe(true);
});
