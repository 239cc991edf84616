import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { TurnBeginnings } from "../../../../../../electron/engine/transcripts/replay/turnBeginnings.ts";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-turns-"));
  path = join(folder, "s1.jsonl");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function user(uuid: string, text: string): string {
  const place = { cwd: "/w", sessionId: "s1", version: "2.1.329", timestamp: "2026-11-20T10:00:00.000Z" };
  return `${JSON.stringify({ parentUuid: null, ...place, type: "user", message: { role: "user", content: text }, uuid })}\n`;
}

it("are the records that turns are named after, before their first messages", async () => {
  const [one, answer, other] = [user("t1", "Sell a coat"), `{"type":"assistant"}\n`, user("t2", "é".repeat(500))];
  await writeFile(path, one + answer + other + answer);
  const before = Buffer.byteLength(one + answer);
  const found = await new TurnBeginnings().find([
    { turnId: "t1", path, offset: Buffer.byteLength(one) },
    { turnId: "t2", path, offset: Buffer.byteLength(one + answer + other) },
  ]);
  expect([...found]).toEqual([
    ["t1", { text: "Sell a coat", offset: 0 }],
    ["t2", { text: "é".repeat(200), offset: before }],
  ]);
});

it("are remembered when the file is gone", async () => {
  const beginnings = new TurnBeginnings();
  const turn = { turnId: "t1", path, offset: 400 };
  await writeFile(path, user("t1", "Sell a coat").padEnd(500));
  const first = await beginnings.find([turn]);
  await rm(path);
  expect([...(await beginnings.find([turn]))]).toEqual([...first]);
});

it.each([
  ["no such turn is there", user("t2", "Sell a coat")],
  ["the record says nothing", user("t1", "")],
  ["the record is torn", user("t1", "Sell a coat").slice(5)],
  ["the file is empty", ""],
])("are missing where %s", async (_name, content) => {
  await writeFile(path, content);
  expect([...(await new TurnBeginnings().find([{ turnId: "t1", path, offset: content.length }]))]).toEqual([]);
});

it("are missing where there is no file", async () => {
  expect([...(await new TurnBeginnings().find([{ turnId: "t1", path: join(folder, "none"), offset: 9 }]))]).toEqual([]);
});
