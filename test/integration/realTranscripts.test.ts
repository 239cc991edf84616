/**
 * Transcripts that the real CLI wrote in every situation, as the index and the classifier tell of them: list, titles,
 * counts, tokens, costs and states, against what the scripted API gave. The sessions are driven once for all tests, while
 * an index watches; a second one reads it all afterwards.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DrivenTranscripts, driveTranscripts } from "../support/transcripts/driveTranscripts.ts";
import { expectedSessions, labelOf } from "../support/transcripts/expectations.ts";
import { expectedCosts, expectedTokens } from "../support/transcripts/expectedTokens.ts";
import { readTranscripts } from "../support/transcripts/readTranscripts.ts";
import { sumOfMessages } from "../support/transcripts/sumOfMessages.ts";
import { factsOf, toldSessions } from "../support/transcripts/toldSessions.ts";
import { type IndexUnderTest, openIndexUnderTest } from "./transcriptIndexUnderTest.ts";

let driven: DrivenTranscripts;
let live: IndexUnderTest;
let fresh: IndexUnderTest;

beforeAll(async () => {
  driven = await driveTranscripts({
    onReady: async ({ configDir }) => {
      live = await openIndexUnderTest({ roots: [configDir] });
      await live.index.scan();
      await live.index.watch();
    },
  });
  fresh = await openIndexUnderTest({ roots: [driven.environment.configDir] });
  await fresh.index.scan();
}, 120_000);

afterAll(async () => {
  await fresh.close();
  await live.close();
  await driven.dispose();
});

test("the list: every session with its title, place, counts, branch, models, parent and state", async () => {
  const transcripts = await readTranscripts(driven.environment.configDir);
  const rows = fresh.store.allSessions();
  // The CLI looks at the branch now and then: what it writes after a switch may be the one before it.
  const changedDirectory = {
    ...expectedSessions["changedDirectory"],
    gitBranch: expect.stringMatching(/^(?:main|topic)$/u),
  };
  expect(toldSessions({ rows, transcripts, atHome })).toEqual({ ...expectedSessions, changedDirectory });
});

test("no file was unreadable, and no line", () => {
  const facts = [...fresh.store.allSessions()].map((row) => factsOf(row.facts));
  expect(facts.filter(({ brokenLines, tooLongLines, isGone }) => brokenLines + tooLongLines > 0 || isGone)).toEqual([]);
  expect([...fresh.warnings, ...live.warnings]).toEqual([]);
});

test("tokens by kind, session and model are those that the API gave, each message once", () => {
  const told = sumOfMessages(fresh.store.messages.all(), labelOf);
  const sums = Object.fromEntries(told.map(([label, model, sum]) => [`${label} ${model}`, sum]));
  expect(sums).toEqual(expectedTokens(driven.api.charges));
});

test("the CLI's own total of each session is what its messages cost, with what it asked for itself", () => {
  const told = [...fresh.store.allSessions()].map(({ sessionId, facts }) => [
    labelOf(sessionId),
    rounded(factsOf(facts).costUsd),
  ]);
  const expected = Object.entries(expectedCosts(driven.api.charges)).map(([label, usd]) => [label, rounded(usd)]);
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
});

test("lines added and removed are those that the CLI itself counted at its last exit", async () => {
  const transcripts = await readTranscripts(driven.environment.configDir);
  const counted = [...transcripts].flatMap(([sessionId, records]) => {
    const total = records.findLast(({ type }) => type === "cost-state");
    const label = labelOf(sessionId);
    return total === undefined ? [] : [[label, [total["totalLinesAdded"], total["totalLinesRemoved"]]] as const];
  });
  const told = counted.map(([label]) => {
    const { linesAdded = null, linesRemoved = null } = expectedSessions[label] ?? {};
    return [label, [linesAdded, linesRemoved]] as const;
  });
  expect(told).toEqual(counted);
});

test("an index that watched while the sessions ran has come to the same as one that reads them afterwards", async () => {
  await live.index.scan();
  expect(held(live)).toEqual(held(fresh));
});

/** Paths as the expectations have them. */
function atHome(text: string): string {
  const { home } = driven.environment;
  const dashed = home.replaceAll(/[^A-Za-z0-9]/gu, "-");
  return text
    .replaceAll(home, "/home/me")
    .replaceAll(dashed, "-home-me")
    .replaceAll(/\/tmp\/claude-\d+\//gu, "/tmp/claude-1000/");
}

function rounded(usd: number | null): number | null {
  return usd === null ? null : Math.round(usd * 1e9);
}

/** What an index holds of the files that are there: one that was moved leaves a row that says that it is gone. */
function held({ store }: IndexUnderTest) {
  const bySession = (a: { readonly sessionId: string }, b: { readonly sessionId: string }): number =>
    a.sessionId < b.sessionId ? -1 : 1;
  return {
    files: store
      .fileStates()
      .filter(({ state }) => state !== "gone")
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    sessions: [...store.allSessions()].toSorted(bySession),
    messages: [...store.messages.all()],
  };
}
