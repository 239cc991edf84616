import { Buffer } from "node:buffer";
import { appendFile, truncate, writeFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SessionEvent } from "../../../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../../../shared/model/json.ts";
import { placeOfSeq, transcriptSeq } from "../../../../../../electron/engine/transcripts/replay/transcriptSeq.ts";
import { linesOf, page, samplePaths, transcriptFile, wholeFile } from "./transcriptFixture.ts";

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();

/** Lines of all kinds: with and without events, with and without a time, broken, empty, padded, several events each. */
const line = fc
  .tuple(
    fc.constantFrom(
      "prompt",
      "answer",
      "blocks",
      "title",
      "quiet",
      "latch",
      "broken",
      "blank",
      "crlf",
      "unknown",
      "nul",
    ),
    fc.nat(500),
  )
  .map(([kind, number]): string => {
    switch (kind) {
      case "prompt":
        return JSON.stringify({
          type: "user",
          uuid: `u${number}`,
          timestamp: at(number),
          message: { content: "é 🏳️‍🌈" },
        });
      case "answer":
        return JSON.stringify(answer([`said ${number}`], at(number)));
      case "blocks":
        return JSON.stringify(
          answer(
            Array.from({ length: number }, (_, index) => `block ${index}`),
            null,
          ),
        );
      case "title":
        return JSON.stringify({ type: "custom-title", customTitle: `T${number}` });
      case "quiet":
        return JSON.stringify({ type: "user", isMeta: true, timestamp: at(number), message: { content: "" } });
      case "latch":
        return JSON.stringify({ type: "api-request", timestamp: at(number), x: "y".repeat(number) });
      case "broken":
        return `{"type":"user","x":${number}`;
      case "blank":
        return "  ";
      case "crlf":
        return `${JSON.stringify(answer(["windows"], at(number)))}\r`;
      case "nul":
        return `\0\0${JSON.stringify(answer(["after a crash"], at(number)))}`;
      default:
        return JSON.stringify({ type: "novel", number });
    }
  });

const transcript = fc
  .tuple(fc.array(line, { maxLength: 25 }), fc.constantFrom("", "\uFEFF"), fc.constantFrom("", '{"type":"us'))
  .map(([lines, mark, rest]) => `${mark}${lines.map((text) => `${text}\n`).join("")}${rest}`);

function answer(texts: readonly string[], timestamp: string | null): JsonObject {
  const content = texts.map((text) => ({ type: "text", text }));
  const record = { type: "assistant", message: { id: "m", content } };
  return timestamp === null ? record : { ...record, timestamp };
}

async function backward(path: string, sizes: readonly number[]): Promise<readonly SessionEvent[]> {
  let got = await page(path, "end", sizes[0]);
  const pages = [got.items];
  expect(got.hasNewer).toBe(false);
  for (let turn = 1; got.hasOlder; turn += 1) {
    const before = got.items[0]?.seq ?? Number.NaN;
    got = await page(path, { before }, sizes[turn % sizes.length]);
    expect(got.items.length).toBeGreaterThan(0);
    expect(got.hasNewer).toBe(true);
    pages.unshift(got.items);
  }
  return pages.flat();
}

async function forward(path: string, sizes: readonly number[]): Promise<readonly SessionEvent[]> {
  let got = await page(path, { after: transcriptSeq(0) - 1 }, sizes[0]);
  const pages = [got.items];
  expect(got.hasOlder).toBe(false);
  for (let turn = 1; got.hasNewer; turn += 1) {
    const after = got.items.at(-1)?.seq ?? Number.NaN;
    got = await page(path, { after }, sizes[turn % sizes.length]);
    expect(got.items.length).toBeGreaterThan(0);
    expect(got.hasOlder).toBe(true);
    pages.push(got.items);
  }
  return pages.flat();
}

describe("pages of a transcript", () => {
  it("join to the same events in any sizes and both directions", async () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(transcript, sizes, async (content, chosen) => {
        const path = await transcriptFile(content);
        const whole = await wholeFile(path);
        expect(await backward(path, chosen)).toEqual(whole);
        expect(await forward(path, chosen)).toEqual(whole);
        expect(whole.map(({ seq }) => seq)).toEqual(whole.map(({ seq }) => seq).toSorted((a, b) => a - b));
      }),
      { numRuns: 150 },
    );
  });

  it("join for every real transcript", async () => {
    for (const situation of ["tools", "hooks", "queued", "compacted", "forked", "texts"]) {
      for (const path of await samplePaths(situation)) {
        const whole = await wholeFile(path);
        expect(whole.length).toBeGreaterThan(3);
        expect(await backward(path, [3])).toEqual(whole);
        expect(await forward(path, [2, 5])).toEqual(whole);
      }
    }
  });

  it("show the window around a place", async () => {
    const path = await transcriptFile(linesOf([answer(["a", "b", "c"], at(1)), answer(["d"], at(2))]));
    const [a, b, c, d] = await wholeFile(path);
    const seq = c?.seq ?? Number.NaN;
    expect(await page(path, { before: seq })).toMatchObject({ items: [a, b], hasOlder: false, hasNewer: true });
    expect(await page(path, { after: seq - 1 })).toMatchObject({ items: [c, d], hasOlder: true, hasNewer: false });
    const first = d?.seq ?? Number.NaN;
    expect(await page(path, { after: first - 1 })).toMatchObject({ items: [d], hasOlder: true, hasNewer: false });
  });

  it("date what has no time by what stands before it", async () => {
    const untimed = { type: "custom-title", customTitle: "T" };
    const path = await transcriptFile(linesOf([untimed, answer(["a"], at(5)), untimed, untimed]));
    const times = ["1970-01-01T00:00:00.000Z", at(5), at(5), at(5)];
    expect((await wholeFile(path)).map((event) => event.at)).toEqual(times);
    expect((await page(path, "end", 1)).items.map((event) => event.at)).toEqual([at(5)]);
  });

  it("stop at an upper bound", async () => {
    const records = [answer(["a"], at(1)), answer(["b"], at(2)), answer(["c"], at(3))];
    const path = await transcriptFile(linesOf(records));
    const bound = Buffer.byteLength(linesOf(records.slice(0, 2)));
    const [a, b] = await wholeFile(path);
    const bounded = { items: [a, b], hasOlder: false, hasNewer: false, endOffset: bound };
    expect(await page(path, "end", 10, bound)).toEqual(bounded);
    expect(await page(path, "end", 10, bound + 3)).toEqual(bounded);
    expect(await page(path, { after: transcriptSeq(0) - 1 }, 10, bound)).toEqual(bounded);
    expect(await page(path, { before: transcriptSeq(bound) }, 10)).toEqual({ ...bounded, hasNewer: true });
  });

  it("are bounded in size, but hold one record at least", async () => {
    const big = "x".repeat(1_500_000);
    const path = await transcriptFile(linesOf([1, 2, 3, 4].map((minute) => answer([big], at(minute)))));
    const last = await page(path, "end");
    expect([last.items.length, last.hasOlder]).toEqual([2, true]);
    expect((await backward(path, [500])).length).toBe(4);
  });

  it("say of lines nobody can read what they are", async () => {
    const long = `{"type":"user","x":"${"é".repeat(5_000_000)}"}`;
    const path = await transcriptFile(Buffer.from(`{broken\n[1]\n${long}\n{"type":"user","x":"\xFF`, "utf8"));
    await appendFile(path, Buffer.from([0xff, 0xfe, 0x0a]));
    expect((await wholeFile(path)).map(({ data }) => data)).toMatchObject([
      { reason: "not_json", raw: "{broken", omittedChars: 0 },
      { reason: "unexpected_shape", raw: "[1]" },
      { reason: "too_long", omittedChars: Buffer.byteLength(long) - 8192 },
      { reason: "not_json" },
    ]);
  });

  it("of an empty file, and of one that has only an incomplete line, are empty", async () => {
    const empty = { items: [], hasOlder: false, hasNewer: false, endOffset: 0 };
    expect(await page(await transcriptFile(""), "end")).toEqual(empty);
    expect(await page(await transcriptFile('{"type":"user"'), "end")).toEqual(empty);
    expect(await page(await transcriptFile(""), { after: transcriptSeq(0) - 1 })).toEqual(empty);
  });

  it("end with an error when the file was cut or replaced since", async () => {
    const path = await transcriptFile(linesOf([answer(["a"], at(1)), answer(["b"], at(2))]));
    const second = (await wholeFile(path))[1]?.seq ?? Number.NaN;
    const missing = { code: "transcript_missing" };
    await writeFile(path, linesOf([answer(["another, longer text"], at(1)), answer(["b"], at(2))]));
    await expect(page(path, { before: second })).rejects.toMatchObject(missing);
    await expect(page(path, { after: second })).rejects.toMatchObject(missing);
    await truncate(path, 10);
    await expect(page(path, { before: second })).rejects.toMatchObject(missing);
    await expect(page(path, { after: second })).rejects.toMatchObject(missing);
  });
});

describe("places", () => {
  it("lead back to the record", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), fc.nat(255), (offset, index) => {
        expect(placeOfSeq(transcriptSeq(offset, index))).toEqual({ offset, index });
        expect(transcriptSeq(offset, index)).toBeLessThan(0);
      }),
    );
    expect(placeOfSeq(0)).toBeNull();
  });
});
