import { appendFile, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ScanPart, TranscriptScanner } from "../../../../../electron/engine/transcripts/scanTranscript.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-scan-"));
  path = join(folder, "s1.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const place = { cwd: "/w", sessionId: "s1", version: "2.1.329", gitBranch: "main" };

function user(text: unknown, fields: object = {}): string {
  const message = { role: "user", content: text };
  return `${JSON.stringify({ type: "user", message, uuid: crypto.randomUUID(), ...place, ...fields })}\n`;
}

function assistant(id: string, output: number, fields: object = {}): string {
  const usage = { input_tokens: 10, output_tokens: output, speed: "standard" };
  const message = { id, model: "claude-opus-5-5", content: [{ type: "tool_use", input: {} }], usage };
  return `${JSON.stringify({ type: "assistant", message, requestId: `r-${id}`, ...place, ...fields })}\n`;
}

function scan(earlier: ScanPart | null = null): ScanPart {
  const parts: ScanPart[] = [];
  const scanner = new TranscriptScanner({ chunkBytes: 64 * 1024 });
  scanner.scan({ path, sessionId: "s1", isSubagentFile: false, earlier }, (part) => parts.push(part));
  const last = parts.at(-1);
  if (last === undefined) throw new Error("No part came.");
  return { ...last, copies: parts.flatMap(({ copies }) => copies) };
}

describe("a transcript that ends without a line end", () => {
  const whole = (): string => user("one") + assistant("m1", 5);
  const ids = (parts: readonly ScanPart[]): readonly string[] =>
    parts.flatMap(({ copies }) => copies.map(({ messageId }) => messageId));

  it("counts its last record when that is whole, and nothing twice when it goes on", async () => {
    await writeFile(path, whole().trimEnd());
    const first = scan();
    expect(first).toMatchObject({ offset: whole().length - 1, facts: { turnCount: 1, toolCount: 1, brokenLines: 0 } });
    await appendFile(path, "\r\n");
    const second = scan(first);
    await appendFile(path, assistant("m2", 7) + user("two").trimEnd());
    const third = scan(second);
    await appendFile(path, "\n");
    const last = scan(third);
    expect(ids([first, second, third, last])).toEqual(["m1", "m2"]);
    expect(last.facts).toMatchObject({ turnCount: 2, toolCount: 2, brokenLines: 0 });
    const { facts, offset, fingerprint } = scan();
    expect(last).toMatchObject({ facts, offset, fingerprint });
  });

  it("never counts a record that is still being written, wherever it is cut", async () => {
    const begun = user("one");
    const next = assistant("m1", 5, { note: 'with "quotes", {braces} and é' });
    const bytes = Buffer.from(next);
    for (let cut = 0; cut < bytes.length - 1; cut += 1) {
      await writeFile(path, Buffer.concat([Buffer.from(begun), bytes.subarray(0, cut)]));
      const part = scan();
      expect([part.offset, part.facts.brokenLines, part.copies.length]).toEqual([begun.length, 0, 0]);
    }
    await writeFile(path, begun + next.trimEnd());
    expect(ids([scan()])).toEqual(["m1"]);
  });

  it("and goes on in the same line is read alike, however it came", async () => {
    const pieces = [
      whole().trimEnd(),
      assistant("m2", 7).trimEnd(),
      '{"type":"assistant","mess',
      "\n",
      assistant("m3", 9),
    ];
    await writeFile(path, "");
    let last = scan();
    const parts = [last];
    for (const piece of pieces) {
      await appendFile(path, piece);
      last = scan(last);
      parts.push(last);
    }
    const fresh = scan();
    expect(ids(parts)).toEqual(["m1", "m2", "m3"]);
    expect(ids([fresh])).toEqual(["m1", "m2", "m3"]);
    expect(fresh.facts).toMatchObject({ turnCount: 1, brokenLines: 1 });
    expect([last.facts, last.offset, last.fingerprint]).toEqual([fresh.facts, fresh.offset, fresh.fingerprint]);
  });

  it("leaves records that nobody wants, and space, for later", async () => {
    await writeFile(path, `${user("one")}{"type":"attachment"}`);
    expect(scan().offset).toBe(user("one").length);
    await writeFile(path, `${user("one")}${user("two").trimEnd()} `);
    expect(scan()).toMatchObject({ offset: user("one").length, facts: { turnCount: 1, brokenLines: 0 } });
    await writeFile(path, `\ufeff${user("one").trimEnd()}`);
    expect(scan().facts).toMatchObject({ turnCount: 1, brokenLines: 0 });
  });
});

describe("one transcript", () => {
  it("is left where it is when the reading is stopped, and read on from there", async () => {
    const lines = Array.from({ length: 2000 }, (_, index) => assistant(`m${index}`, 5));
    await writeFile(path, lines.join(""));
    const parts: ScanPart[] = [];
    const scanner = new TranscriptScanner({ chunkBytes: 64 * 1024 });
    const task = { path, sessionId: "s1", isSubagentFile: false };
    const isWhole = scanner.scan(
      { ...task, earlier: null },
      (part) => parts.push(part),
      () => parts.length > 0,
    );
    expect(isWhole).toBe(false);
    const last = parts.at(-1) ?? null;
    expect(last).toMatchObject({ isDone: false });
    expect(scanner.scan({ ...task, earlier: last }, (part) => parts.push(part))).toBe(true);
    const ids = parts.flatMap(({ copies }) => copies.map(({ messageId }) => messageId));
    expect(ids).toEqual(lines.map((_, index) => `m${index}`));
  });

  it("tells all totals of the CLI, however often it is looked at", async () => {
    const total = (usd: number): string =>
      `${JSON.stringify({ type: "cost-state", totalCostUSD: usd, sessionId: "s1" })}\n`;
    const at = (second: number): object => ({ timestamp: new Date(second * 1000).toISOString() });
    const first = assistant("m1", 5, at(1)) + total(3);
    await writeFile(path, first + assistant("m2", 5, at(2)) + total(4) + assistant("m3", 5, at(3)) + total(1));
    const totals = [
      { atMs: 1000, costUsd: 3 },
      { atMs: 2000, costUsd: 4 },
      { atMs: 3000, costUsd: 1 },
    ];
    expect(scan().totals).toMatchObject(totals);
    await writeFile(path, first);
    const begun = scan();
    await appendFile(path, assistant("m2", 5, at(2)) + total(4));
    const next = scan(begun);
    await appendFile(path, assistant("m3", 5, at(3)) + total(1));
    expect([begun, next, scan(next)].flatMap((part) => part.totals)).toMatchObject(totals);
  });

  it("that ends each record alike is read as one that does not", async () => {
    const moved = { cwd: "/v", gitBranch: "other" };
    await writeFile(
      path,
      user("one") + assistant("m1", 5) + assistant("m1", 5) + assistant("m2", 7, moved) + user("two", moved),
    );
    const { facts, copies } = scan();
    expect(facts).toMatchObject({ firstCwd: "/w", lastCwd: "/v", gitBranch: "other", turnCount: 2, toolCount: 3 });
    expect(copies).toMatchObject([
      { messageId: "m1", requestId: "r-m1", input: 10, output: 5, speed: "standard", offset: user("one").length },
      { messageId: "m2", requestId: "r-m2", input: 10, output: 7, speed: "standard" },
    ]);
  });

  it("repeats a message for each of its blocks: the fullest copy is kept, and of equal ones the first", async () => {
    const at = (seconds: number): object => ({ timestamp: new Date(Date.UTC(2026, 10, 20) + seconds).toISOString() });
    const lines = [
      assistant("m1", 5, at(1)),
      assistant("m1", 5, at(2)),
      assistant("m1", 9, at(3)),
      assistant("m1", 5, at(4)),
      assistant("m2", 5, at(6)),
      assistant("m2", 5, at(5)),
    ];
    await writeFile(path, lines.join(""));
    const { facts, copies } = scan();
    const offsetOf = (index: number): number => lines.slice(0, index).join("").length;
    expect(facts).toMatchObject({ toolCount: 6 });
    expect(copies).toMatchObject([
      { messageId: "m1", output: 9, offset: offsetOf(2) },
      { messageId: "m2", output: 5, offset: offsetOf(5) },
    ]);
  });

  it("tells the tools that any block of a message calls, of a message that is cut by the end of a reading too", async () => {
    const calls = (name: string, second: number): string =>
      assistant("m1", 5, { timestamp: new Date(second * 1000).toISOString() }).replace(
        '"tool_use"',
        `"tool_use","name":"${name}"`,
      );
    await writeFile(path, calls("Read", 1) + calls("Bash", 2) + calls("Read", 3));
    const first = scan();
    await appendFile(path, calls("Grep", 4));
    const next = scan(first);
    expect([first, next].map(({ copies }) => copies.map(({ messageId, tools }) => [messageId, tools]))).toEqual([
      [["m1", "Bash Read"]],
      [["m1", "Grep"]],
    ]);
  });

  it("that is a fork of a fork names its parent; a directory that is no working tree has no branch", async () => {
    const none = { gitBranch: "HEAD" };
    await writeFile(
      path,
      assistant("m1", 5, { requestSessionId: "grandparent", ...none }) +
        assistant("m2", 5, { requestSessionId: "parent", ...none }) +
        assistant("m3", 5, { requestSessionId: "s1", ...none }),
    );
    expect(scan().facts).toMatchObject({ parentSessionId: "parent", gitBranch: null });
  });

  it("counts a command as a turn, words without a turn as none, and what a sub-agent changed", async () => {
    const command = "<command-message>greet</command-message>\n<command-name>/greet</command-name>";
    const agent = { toolUseResult: { agentId: "a1", toolStats: { linesAdded: 3, linesRemoved: 2 } } };
    await writeFile(
      path,
      user("added silently", { queueTranscriptOnly: true }) +
        user(command) +
        user("<command-name>/usage</command-name>") +
        user([{ type: "tool_result", tool_use_id: "t1", content: "done" }], agent),
    );
    const counts = { turnCount: 1, linesAdded: 3, linesRemoved: 2 };
    expect(scan().facts).toMatchObject({ firstPrompt: null, firstCommand: "/greet", ...counts });
  });

  it("with a line of 200 MB passes it over and reads what follows", async () => {
    await writeFile(path, user("before") + '{"type":"user","message":{"content":"');
    const file = await open(path, "r+");
    // A hole: NUL bytes that take no room on disk.
    await file.truncate(200 * 1024 * 1024);
    await file.close();
    await appendFile(path, `"}}\n${user("after")}`);
    const { facts, offset, sizeBytes } = scan();
    expect(facts).toMatchObject({ turnCount: 2, tooLongLines: 1, brokenLines: 0, firstPrompt: "before" });
    expect(offset).toBe(sizeBytes);
  });

  it("with a last line of 200 MB that is not complete waits for its end", async () => {
    await writeFile(path, user("before") + '{"type":"user","message":{"content":"');
    const file = await open(path, "r+");
    await file.truncate(200 * 1024 * 1024);
    await file.close();
    const first = scan();
    expect(first).toMatchObject({ offset: user("before").length, facts: { turnCount: 1, tooLongLines: 0 } });
    await appendFile(path, `"}}\n${user("after")}`);
    expect(scan(first)).toMatchObject({ isAnew: false, facts: { turnCount: 2, tooLongLines: 1 } });
  });

  it("is read on from where the last reading ended, in the middle of a character too", async () => {
    const bytes = Buffer.from(user("ä😀") + user("two"));
    const middle = bytes.indexOf("😀") + 2;
    await writeFile(path, bytes.subarray(0, middle));
    const first = scan();
    expect(first).toMatchObject({ offset: 0, facts: { turnCount: 0 } });
    await appendFile(path, bytes.subarray(middle));
    expect(scan(first).facts).toMatchObject({ turnCount: 2, firstPrompt: "ä😀", brokenLines: 0 });
  });

  it("that was replaced by a longer one is read from its beginning", async () => {
    await writeFile(path, user("old one") + user("more"));
    const first = scan();
    await writeFile(path, user("new one") + user("more") + user("even more"));
    expect(scan(first)).toMatchObject({ isAnew: true, facts: { turnCount: 3, firstPrompt: "new one" } });
  });

  it.each(["ENOENT", "EISDIR"])("that cannot be read says why: %s", async (code) => {
    if (code === "EISDIR") path = folder;
    expect(() => scan()).toThrow(expect.objectContaining({ code }));
  });
});
