/** A transcript that is written anew in the very moment in which it is read. */
import type * as FileSystem from "node:fs";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type ScanPart, TranscriptScanner } from "../../../../../electron/engine/transcripts/scanTranscript.ts";

const afterReading = vi.hoisted(() => ({ once: (): void => undefined }));
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof FileSystem>();
  const readSync = (file: number, into: Buffer, at: number, length: number, position: number): number => {
    const came = fs.readSync(file, into, at, length, position);
    if (came > 0) afterReading.once();
    return came;
  };
  return { ...fs, readSync };
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-rewritten-"));
  path = join(folder, "s1.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

function prompt(text: string): string {
  const place = { cwd: "/w", sessionId: "s1", timestamp: "2026-11-20T10:00:00.000Z" };
  return `${JSON.stringify({ type: "user", message: { role: "user", content: text }, ...place })}\n`;
}

function scan(earlier: ScanPart | null): ScanPart {
  const parts: ScanPart[] = [];
  new TranscriptScanner({ chunkBytes: 64 * 1024 }).scan(
    { path, sessionId: "s1", isSubagentFile: false, earlier },
    (part) => parts.push(part),
  );
  const last = parts.at(-1);
  if (last === undefined) throw new Error("No part came.");
  return last;
}

function rewriteAfterReading(content: string): void {
  afterReading.once = () => {
    afterReading.once = () => undefined;
    writeFileSync(path, content);
  };
}

it("is read anew at the next look, and the old content leaves nothing in its facts", () => {
  writeFileSync(path, prompt("the old one"));
  rewriteAfterReading(prompt("another content that is longer") + prompt("two"));
  const torn = scan(null);
  expect(torn.facts).toMatchObject({ firstPrompt: "the old one" });
  const next = scan(torn);
  expect(next).toMatchObject({ isAnew: true });
  expect(next.facts).toEqual(scan(null).facts);
});

it("goes on from where it was when it only grew meanwhile", () => {
  const long = Array.from({ length: 20 }, (_, at) => prompt(`prompt ${at}`)).join("");
  writeFileSync(path, long + prompt("cut off").slice(0, 40));
  rewriteAfterReading(long + prompt("cut off") + prompt("more"));
  const first = scan(null);
  const next = scan(first);
  expect(next).toMatchObject({ isAnew: false });
  expect(next.facts).toEqual(scan(null).facts);
  expect(next.facts).toMatchObject({ turnCount: 22 });
});
