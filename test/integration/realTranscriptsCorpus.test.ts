/** A generated corpus, as the index tells of it, against a plain reading of the same files. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generateCorpus } from "../bench/corpus/generateCorpus.ts";
import { type Tokens } from "../support/transcripts/expectedTokens.ts";
import { type PlainSession, readPlainly } from "../support/transcripts/plainReading.ts";
import { factsOf } from "../support/transcripts/toldSessions.ts";
import { sumOfMessages } from "../support/transcripts/sumOfMessages.ts";
import { type IndexUnderTest, openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

let folder: string;
let one: IndexUnderTest;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-corpus-"));
  generateCorpus({ folder, files: 150, messages: 4_000, seed: 7 });
  one = await openIndexUnderTest({ roots: [folder] });
  await one.index.scan();
});

afterAll(async () => {
  await one.close();
  rmSync(folder, { recursive: true });
});

test("every session has the title, place, times, counts, parent and tokens that its files say", () => {
  const tokens = new Map<string, Record<string, Tokens>>();
  for (const [sessionId, model, sum] of sumOfMessages(one.store.messages.all(), (id) => id))
    tokens.set(sessionId, { ...tokens.get(sessionId), [model]: sum });
  const told = [...one.store.allSessions()].map(({ sessionId, facts }): readonly [string, PlainSession] => [
    sessionId,
    plain(facts, tokens.get(sessionId) ?? {}),
  ]);
  expect(Object.fromEntries(told)).toEqual(readPlainly(folder));
});

test("the list is in the order of the last activity, newest first", () => {
  const rows = one.store.sessions({ limit: 1_000 });
  const times = rows.map(({ lastActivityMs }) => lastActivityMs);
  expect(rows.length).toBe(one.store.sessionCount());
  expect(times).toEqual(times.toSorted((a, b) => b - a));
});

function plain(facts: string, tokens: PlainSession["tokens"]): PlainSession {
  const { title, projectPath, models, startedAtMs, lastActivityMs, turnCount, toolCount, ...more } = factsOf(facts);
  const { subagentCount, linesAdded, linesRemoved, parentSessionId } = more;
  return {
    ...{ title, projectPath: projectPath ?? "", models: models.toSorted(), turnCount, toolCount, subagentCount },
    ...{ linesAdded, linesRemoved, parentSessionId, tokens },
    startedAt: new Date(startedAtMs ?? 0).toISOString(),
    lastActivityAt: new Date(lastActivityMs).toISOString(),
  };
}
