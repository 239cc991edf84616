import { expect, test } from "vitest";
import { PlaceOrder } from "../../../../../electron/engine/ledger/placeOrder.ts";

test("places that came or changed are where they belong, the others as they were", () => {
  const numbers = [5, 1, 4];
  const order = new PlaceOrder((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b);
  for (const place of numbers.keys()) order.touch(place);
  expect([...order.get()]).toEqual([1, 2, 0]);
  numbers.push(4, 0);
  order.touch(3);
  order.touch(4);
  expect([...order.get()]).toEqual([4, 1, 2, 3, 0]);
  numbers[0] = 2;
  order.touch(0);
  numbers.push(3);
  order.touch(5);
  expect([...order.get()]).toEqual([4, 1, 0, 5, 2, 3]);
  order.clear();
  expect([...order.get()]).toEqual([]);
});
