import { expect, it } from "vitest";
import { plainLine } from "../../../../renderer/terminal/plainLine.ts";

it.each([
  ["## The page is **slow**, see `cart.js`", "The page is slow, see cart.js"],
  ["\n---\n- [the report](https://example.com) is done", "the report is done"],
  ["```ts\nconst a = 1;\n```", "const a = 1;"],
  ["| page | size |", "page | size |"],
  ["2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"],
  ["***\n \n", ""],
])("%j reads %j", (markdown, plain) => {
  expect(plainLine(markdown)).toBe(plain);
});
