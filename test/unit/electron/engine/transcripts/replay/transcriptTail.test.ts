import { appendFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { readEnd } from "../../../../../../electron/engine/transcripts/replay/readEnd.ts";
import {
  openTranscriptTail,
  type TranscriptTail,
} from "../../../../../../electron/engine/transcripts/replay/transcriptTail.ts";
import type { JsonObject } from "../../../../../../shared/model/json.ts";
import { linesOf, transcriptFile } from "./transcriptFixture.ts";

const record = (text: string) => ({ type: "user", text });

function wordsOf({ text, reason }: JsonObject): string {
  return JSON.stringify(text ?? reason).slice(1, -1);
}

interface Followed {
  readonly tail: TranscriptTail;
  /** What was told: the texts of records, and `reset`. */
  readonly told: string[];
}

function follow(path: string, from = 0): Followed {
  const told: string[] = [];
  const tail = openTranscriptTail(path, {
    from,
    onRecords: (records) => told.push(...records.map(wordsOf)),
    onReset: () => told.push("reset"),
  });
  return { tail, told };
}

describe("the tail of a transcript", () => {
  it("tells each record once, from where it began", async () => {
    const before = linesOf([record("old")]);
    const path = await transcriptFile(before);
    const { tail, told } = follow(path, before.length);
    await tail.poke();
    await appendFile(path, linesOf([record("a"), record("b")]));
    await Promise.all([tail.poke(), tail.poke(), tail.poke()]);
    await tail.poke();
    expect(told).toEqual(["a", "b"]);
    expect(tail.offset).toBe(linesOf([record("old"), record("a"), record("b")]).length);
  });

  it("keeps an incomplete line for later, wherever it is cut", async () => {
    const bytes = Buffer.from(linesOf([record("é🏳️‍🌈"), record("b")]));
    const path = await transcriptFile("");
    const { tail, told } = follow(path);
    for (const byte of bytes) {
      await appendFile(path, Buffer.from([byte]));
      await tail.poke();
    }
    expect(told).toEqual(["é🏳️‍🌈", "b"]);
    expect(tail.offset).toBe(bytes.length);
  });

  it("reads what came while it read", async () => {
    const path = await transcriptFile(linesOf([record("a")]));
    const told: string[] = [];
    const tail = openTranscriptTail(path, {
      from: 0,
      onRecords: (records) => {
        told.push(...records.map(wordsOf));
        if (told.length === 1) {
          void appendFile(path, linesOf([record("b")])).then(() => tail.poke());
        }
      },
      onReset: () => told.push("reset"),
    });
    await tail.poke();
    await expect.poll(() => told).toEqual(["a", "b"]);
  });

  it("starts over when the file is cut, written anew or replaced", async () => {
    const path = await transcriptFile(linesOf([record("a"), record("b")]));
    const { tail, told } = follow(path);
    await tail.poke();
    await truncate(path, linesOf([record("a")]).length);
    await tail.poke();
    await writeFile(path, linesOf([record("written anew, and longer than before")]));
    await tail.poke();
    await writeFile(`${path}.new`, linesOf([record("another file"), record("longer"), record("than before")]));
    await rename(`${path}.new`, path);
    await tail.poke();
    expect(told).toEqual([
      ...["a", "b", "reset", "a", "reset", "written anew, and longer than before"],
      ...["reset", "another file", "longer", "than before"],
    ]);
  });

  it("fails while the file is gone and goes on when it is back", async () => {
    const path = await transcriptFile(linesOf([record("a")]));
    const { tail, told } = follow(path);
    await tail.poke();
    await rename(path, `${path}.away`);
    await expect(tail.poke()).rejects.toMatchObject({ code: "transcript_missing" });
    await rename(`${path}.away`, path);
    await appendFile(path, linesOf([record("b")]));
    await tail.poke();
    expect(told).toEqual(["a", "b"]);
  });

  it("passes over what says nothing and names what nobody can read", async () => {
    const path = await transcriptFile(
      `\n${linesOf([{ type: "api-request", text: "no" }])}{broken\n${linesOf([record("a")])}`,
    );
    const { tail, told } = follow(path);
    await tail.poke();
    expect(told).toEqual(["not_json", "a"]);
  });

  it("tells nothing after it was closed", async () => {
    const path = await transcriptFile(linesOf([record("a")]));
    const { tail, told } = follow(path);
    const reading = tail.poke();
    tail.close();
    await reading;
    await rm(path);
    await tail.poke();
    expect(told).toEqual([]);
  });
});

describe("the end of a transcript", () => {
  it("is its last records and where the last whole line ends", async () => {
    const records = Array.from({ length: 300 }, (_, index) => record(String(index)));
    const whole = `${linesOf(records)}${linesOf([{ type: "atis-latch" }])}`;
    const end = await readEnd(await transcriptFile(`${whole}{"type":`));
    expect(end).toEqual({ records: records.slice(-200), endOffset: whole.length });
  });

  it("is one record at least, however long", async () => {
    const records = [record("a"), record("x".repeat(300_000))];
    expect((await readEnd(await transcriptFile(linesOf(records)))).records).toEqual(records.slice(1));
    expect(await readEnd(await transcriptFile(""))).toEqual({ records: [], endOffset: 0 });
  });
});
