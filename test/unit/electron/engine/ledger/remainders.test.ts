import { describe, expect, it } from "vitest";
import { compareTotals } from "../../../../../electron/engine/ledger/remainders.ts";

type Total = Parameters<typeof compareTotals>[0][number];

const total = (atMs: number, totalNano: number, addedNano: number | null = null): Total => ({
  ...{ atMs, totalNano, addedNano },
  turnId: `t${String(atMs)}`,
});
const message = (atMs: number, listNano: number | null, tokens = 100, isOwnPriced = false) => ({
  ...{ atMs, listNano, isOwnPriced, tokens },
  turnId: null,
});

type Case = readonly [
  what: string,
  totals: readonly ReturnType<typeof total>[],
  messages: readonly ReturnType<typeof message>[],
  isFork: boolean,
  remainders: readonly (readonly [number, number])[],
  baseline: number,
];

const cases: readonly Case[] = [
  ["no totals", [], [message(1, 5000)], false, [], 0],
  ["all is in messages", [total(10, 5000), total(20, 8000)], [message(1, 5000), message(15, 3000)], false, [], 0],
  ["a turn costs more than its messages", [total(10, 9000)], [message(1, 5000)], false, [[10, 4000]], 0],
  [
    "the next turn has its own",
    [total(10, 9000), total(20, 10_000)],
    [message(1, 9000), message(15, 5000)],
    false,
    [[20, -4000]],
    0,
  ],
  [
    "what comes after the last total is not compared",
    [total(10, 5000)],
    [message(1, 5000), message(11, 7000)],
    false,
    [],
    0,
  ],
  [
    "a fork begins with its parent's total",
    [total(5, 7000), total(10, 9000, 2000)],
    [message(6, 2000)],
    true,
    [],
    7000,
  ],
  ["a fork without a beginning: what was added", [total(10, 9000, 2000)], [message(6, 2000)], true, [], 7000],
  ["the same total told twice adds nothing", [total(9, 5000), total(10, 5000, 5000)], [message(1, 5000)], false, [], 0],
  ["counted anew", [total(10, 9000, 9000), total(20, 3000, 3000)], [message(1, 9000), message(15, 3000)], false, [], 0],
  [
    "a killed process's messages are in no total",
    [total(10, 9000, 9000), total(20, 0), total(30, 3000, 3000)],
    [message(1, 9000), message(15, 4000), message(25, 3000)],
    false,
    [],
    0,
  ],
  [
    "a fork says itself that its beginning added nothing",
    [total(5, 7000, 0), total(10, 9000, 2000)],
    [message(6, 2000)],
    false,
    [],
    7000,
  ],
  [
    "a fork's count began with its parent",
    [total(1, 0), total(5, 7000, 0), total(10, 9000, 2000)],
    [message(6, 2000)],
    true,
    [],
    7000,
  ],
  [
    "of a fork that tells only its end nothing is compared",
    [total(1, 0), total(10, 9000)],
    [message(6, 2000)],
    true,
    [],
    9000,
  ],
  [
    "what a process tells at its end is the last result's, also when it is dated before it",
    [{ ...total(19, 9000), turnId: null }, total(20, 9500, 9500)],
    [message(1, 5000)],
    false,
    [[20, 4500]],
    0,
  ],
  ["up to a micro-dollar is rounding", [total(10, 5900)], [message(1, 5000)], false, [], 0],
];

describe("totals beside messages", () => {
  it.each(cases)("%s", (_, totals, messages, isFork, remainders, baseline) => {
    const compared = compareTotals(totals, messages, isFork);
    expect(compared.remainders.map(({ atMs, nanoUsd }) => [atMs, nanoUsd])).toEqual(remainders);
    expect(compared.baselineNano).toBe(baseline);
  });
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("when it was used", () => {
  const told = (totals: readonly Total[], messages: readonly ReturnType<typeof message>[]) =>
    compareTotals(totals, messages, false).remainders.map(({ atMs, nanoUsd }) => [atMs, nanoUsd]);
  const atEnd = [{ ...total(3 * DAY, 9_000_000), turnId: null }];

  it("when the total was told, where all of it was used in that hour", () => {
    expect(told([total(DAY + 9, 9_000_000)], [message(DAY + 1, 1_000_000)])).toEqual([[DAY + 9, 8_000_000]]);
  });

  it("with the messages that nobody can price, by their tokens", () => {
    const unpriced = [message(DAY, null, 300), message(2 * DAY, null, 100)];
    expect(told(atEnd, [...unpriced, message(3 * DAY - 1, 1_000_000)])).toEqual([
      [DAY, 6_000_000],
      [2 * DAY, 2_000_000],
    ]);
  });

  it("else with what else was charged, an hour at a time, to the nano-dollar", () => {
    const messages = [message(DAY, 1_000_000), message(DAY + 5, 1_000_000), message(2 * DAY, 1_000_001)];
    const parts = told(atEnd, messages);
    expect(parts.map(([at]) => at)).toEqual([DAY + 5, 2 * DAY]);
    expect(parts.reduce((sum, [, nano]) => sum + (nano ?? 0), 0)).toBe(9_000_000 - 3_000_001);
    expect(parts[0]?.[1]).toBe(Math.round((5_999_999 * 2_000_000) / 3_000_001));
  });

  it("where the last of it was used, when nothing says how much", () => {
    expect(told(atEnd, [message(DAY, 0), message(2 * DAY, 0)])).toEqual([[2 * DAY, 9_000_000]]);
    expect(told(atEnd, [])).toEqual([[3 * DAY, 9_000_000]]);
    expect(told(atEnd, [message(0, 5_000_000)])).toEqual([[3 * DAY, 4_000_000]]);
  });
});

describe("messages of which only the user knows the price", () => {
  it("have what the CLI charged for them", () => {
    const { remainders, messagesNano } = compareTotals([total(10, 9_000_000)], [message(1, null, 100, true)], false);
    expect([remainders, messagesNano]).toEqual([[], 9_000_000]);
  });

  it("share it by tokens with those that nobody can price", () => {
    const messages = [message(1, null, 300, true), message(2, null, 100), message(3, 1_000_000)];
    const { remainders, messagesNano } = compareTotals([total(10, 9_000_000)], messages, false);
    expect(remainders.map(({ nanoUsd }) => nanoUsd)).toEqual([2_000_000]);
    expect(messagesNano).toBe(7_000_000);
  });
});

describe("whose message it is", () => {
  // Read when the next turn had begun.
  const late = [total(20, 5_000_000), total(30, 8_000_000)];

  it("is said by its turn, where the total of the one before was read late", () => {
    const messages = [
      { ...message(5, 5_000_000), turnId: "t20" },
      { ...message(15, 3_000_000), turnId: "t30" },
    ];
    expect(compareTotals(late, messages, false).remainders).toEqual([]);
  });

  it("is said by the time, where the turn is not known or was over by then", () => {
    const messages = [message(5, 5_000_000), { ...message(25, 3_000_000), turnId: "t20" }];
    expect(compareTotals(late, messages, false).remainders).toEqual([]);
  });
});
