import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ALL_SCOPES } from "../../../../shared/contract/scopes.ts";
import { readTokens, TokenFileError } from "../../../../electron/web/tokenFile.ts";
import { createMemoryLog } from "../hosting/memoryPipe.ts";

const OTHER_TOKEN = "another-token-of-enough-length";
let base: string;
let dataDir: string;
let file: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), "switchboard-tokens-"));
  dataDir = path.join(base, "data");
  file = path.join(dataDir, "tokens.json");
});

afterEach(() => rm(base, { recursive: true }));

async function modeOf(target: string): Promise<string> {
  return ((await stat(target)).mode & 0o777).toString(8);
}

async function change(edit: (content: { owner: string; others: unknown[] }) => unknown): Promise<void> {
  await writeFile(file, JSON.stringify(edit(JSON.parse(await readFile(file, "utf8")))));
}

describe("readTokens", () => {
  it("makes the owner's token at the first start, for the owner alone, and keeps it", async () => {
    const log = createMemoryLog();
    const first = await readTokens(dataDir, log);
    expect(first).toEqual([{ label: null, token: expect.stringMatching(/^[\w-]{43}$/), scopes: ALL_SCOPES }]);
    expect([await modeOf(dataDir), await modeOf(file), await readdir(dataDir)]).toEqual([
      "700",
      "600",
      ["tokens.json"],
    ]);
    expect(await readTokens(dataDir, log)).toEqual(first);
    expect(log.lines).toEqual([]);
  });

  it("reads the tokens that a person added", async () => {
    const log = createMemoryLog();
    const [owner] = await readTokens(dataDir, log);
    const added = { label: "ci", token: OTHER_TOKEN, scopes: ["read", "inject"] };
    await change((content) => ({ ...content, others: [added] }));
    expect(await readTokens(dataDir, log)).toEqual([owner, added]);
  });

  it("takes the file back from other users, and says so", async () => {
    const log = createMemoryLog();
    await readTokens(dataDir, log);
    await chmod(file, 0o644);
    await readTokens(dataDir, log);
    expect([await modeOf(file), log.lines.map(({ level }) => level)]).toEqual(["600", ["warn"]]);
  });

  it.each([
    ["is no JSON", () => "{"],
    ["has no owner", () => JSON.stringify({ others: [] })],
    ["has a token that can be guessed", () => JSON.stringify({ owner: "secret", others: [] })],
    ["has a token that no header can carry", () => JSON.stringify({ owner: `${"x".repeat(30)} y` })],
    [
      "has an unknown scope",
      () => JSON.stringify({ owner: "x".repeat(30), others: [{ label: "ci", token: OTHER_TOKEN, scopes: ["all"] }] }),
    ],
    [
      "has one token twice",
      () => JSON.stringify({ owner: OTHER_TOKEN, others: [{ label: "ci", token: OTHER_TOKEN, scopes: [] }] }),
    ],
  ])("leaves a file alone that %s, and says how to go on", async (_case, text) => {
    const log = createMemoryLog();
    await readTokens(dataDir, log);
    await writeFile(file, text());
    const failure = await readTokens(dataDir, log).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TokenFileError);
    expect(String(failure)).toContain(`Correct ${file}`);
    expect(await readFile(file, "utf8")).toBe(text());
  });
});
