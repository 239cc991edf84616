import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { readRecord } from "../../../../../../electron/engine/transcripts/replay/transcriptRecord.ts";
import { withoutMedia } from "../../../../../../electron/engine/transcripts/replay/withoutMedia.ts";

const encoded = "QUJD".repeat(50_000);

function shown(record: unknown): unknown {
  return JSON.parse(withoutMedia(Buffer.from(JSON.stringify(record))).toString("utf8"));
}

describe("a line without its media", () => {
  it("names what was left out and keeps all else", () => {
    const record = (data: string) => ({
      message: { content: [{ source: { data } }, { text: "é" }, { source: { data } }] },
      toolUseResult: { file: { base64: data } },
      last: 1,
    });
    expect(shown(record(encoded))).toEqual(record("[200000 bytes]"));
  });

  it("keeps text, however long and whatever its key", () => {
    const records = [
      { data: "some words ".repeat(20_000) },
      { data: `${encoded.slice(0, 100)}"\n${encoded}` },
      { text: `"data":"${encoded}` },
      { data: "short" },
      { padding: "x".repeat(100_000), data: "" },
    ];
    for (const record of records) expect(shown(record)).toEqual(record);
  });

  it("is read where the whole line could not be", () => {
    const line = (record: unknown) => {
      const bytes = Buffer.from(JSON.stringify(record));
      return { offset: 0, endOffset: bytes.length + 1, bytes, omittedBytes: 0 };
    };
    const megabytes = encoded.repeat(25);
    expect(readRecord(line({ type: "x", data: megabytes }))?.record).toEqual({ type: "x", data: "[5000000 bytes]" });
    expect(readRecord(line({ type: "x", text: megabytes }))?.record).toMatchObject({
      type: "unreadable-line",
      reason: "too_long",
      omittedChars: JSON.stringify({ type: "x", text: megabytes }).length - 20_000,
    });
  });
});
