import { describe, expect, test } from "vitest";
import { z } from "zod";
import { EXPLAINED_TITLE } from "../../../demo/history/planHistory.ts";
import { makeHistory } from "../../../demo/history/writeHistory.ts";

const directories = {
  storefront: "/shop/storefront",
  "orders-api": "/shop/orders-api",
  "warehouse-sync": "/shop/warehouse-sync",
  "mobile-app": "/shop/mobile-app",
  "shop-infra": "/shop/shop-infra",
};

const recordSchema = z.looseObject({
  type: z.string(),
  timestamp: z.string().optional(),
  message: z.looseObject({ id: z.string().optional(), model: z.string().optional() }).optional(),
});

function recordsOf(nowMs: number) {
  return makeHistory({ directories, nowMs }).flatMap(({ files }) =>
    files
      .filter(({ path }) => path.endsWith(".jsonl"))
      .flatMap(({ text }) => text.trimEnd().split("\n"))
      .map((line) => recordSchema.parse(JSON.parse(line))),
  );
}

/** At noon, early on a Sunday, and just after midnight of a new month, in the zone of this process. */
const moments = [new Date(2026, 10, 20, 12), new Date(2026, 10, 22, 6, 30), new Date(2026, 11, 1, 0, 10)];

describe.each(moments)("the history up to %s", (now) => {
  const records = recordsOf(now.getTime());
  const times = records.flatMap(({ timestamp }) => (timestamp === undefined ? [] : [Date.parse(timestamp)]));

  test("ends with now and begins some sixty days before", () => {
    expect(Math.max(...times)).toBeLessThanOrEqual(now.getTime());
    const days = (now.getTime() - Math.min(...times)) / 86_400_000;
    expect([days > 55, days < 61]).toEqual([true, true]);
  });

  test("has something of today", () => {
    const midnight = new Date(now).setHours(0, 0, 0, 0);
    expect(times.some((atMs) => atMs >= midnight)).toBe(true);
  });

  test("has models that came and went, and one that nobody knows", () => {
    const models = new Set(records.flatMap(({ message }) => message?.model ?? []));
    const kinds = ["opus-4-8", "opus-5", "opus-5-5", "fable-5-2", "sonnet-5-5", "haiku-5-5", "sonnet-6-preview"];
    expect(kinds.filter((kind) => !models.has(`claude-${kind}`))).toEqual([]);
  });
});

test("it is the same for the same moment, and has the session that can be explained", () => {
  const at = new Date(2026, 10, 20, 12).getTime();
  const [one, other] = [makeHistory({ directories, nowMs: at }), makeHistory({ directories, nowMs: at })];
  expect(other).toEqual(one);
  expect(one.filter(({ files }) => files.some(({ text }) => text.includes(EXPLAINED_TITLE)))).toHaveLength(1);
});
