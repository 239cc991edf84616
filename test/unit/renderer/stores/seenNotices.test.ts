import { expect, test } from "vitest";
import { createSeenNotices, MAX_SEEN } from "../../../../renderer/stores/seenNotices.ts";

function memory(text: string | null = null) {
  let kept = text;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

test("what was seen is known after a reload", () => {
  const keyStore = memory();
  createSeenNotices(keyStore).getState().see(["a", "b"]);
  expect([...createSeenNotices(keyStore).getState().keys]).toEqual(["a", "b"]);
});

test("the oldest are forgotten", () => {
  const keyStore = memory();
  const store = createSeenNotices(keyStore);
  for (let index = 0; index <= MAX_SEEN; index += 1) store.getState().see([`n${index}`]);
  const keys = [...createSeenNotices(keyStore).getState().keys];
  expect([keys.length, keys[0]]).toEqual([MAX_SEEN, "n1"]);
});

test.each([["no JSON"], ['{"a":1}'], ["[1]"]])("text that cannot be read is ignored: %s", (text) => {
  expect([...createSeenNotices(memory(text)).getState().keys]).toEqual([]);
});

test("a storage that refuses costs nothing but the memory", () => {
  const store = createSeenNotices({
    getItem: () => {
      throw new Error("private window");
    },
    setItem: () => {
      throw new Error("quota");
    },
  });
  store.getState().see(["a"]);
  expect([...store.getState().keys]).toEqual(["a"]);
});
