import { expect, it } from "vitest";
import { HostNotices } from "../../../../electron/engine/hostNotices.ts";

it("tells all there is to tell whenever that changes, once, and each thing once", () => {
  const told: (readonly string[])[] = [];
  const notices = new HostNotices();
  let [first, second, problem]: [readonly string[], readonly string[], string | null] = [["a"], [], null];
  notices.add(() => first);
  notices.add(() => second);
  notices.watch(() => problem);
  notices.look();
  notices.begin((all) => told.push(all));
  notices.look();
  expect(told).toEqual([]);
  second = ["b", "a"];
  notices.look();
  notices.look();
  expect(told).toEqual([["a", "b"]]);
  problem = "the index";
  notices.look();
  [first, second] = [[], []];
  notices.look();
  expect(told).toEqual([["a", "b"], ["a", "b"], []]);
  expect(notices.current()).toEqual([]);
});
