import { expect, test } from "vitest";
import {
  idsOf,
  indexedSession,
  indexedTranscript,
  type IndexSource,
  searchedFiles,
} from "../../../../../electron/engine/observation/indexedSessions.ts";
import type { TranscriptFileRow } from "../../../../../electron/engine/storage/transcriptRows.ts";
import type { SessionFacts } from "../../../../../electron/engine/transcripts/sessionFacts.ts";
import { SESSION_ID, someFacts } from "./observationFixture.ts";

const path = someFacts().transcriptPath ?? "";

test("a session is read with its tokens, and is unknown when its folder is not shown", () => {
  const source = sourceOf({ [SESSION_ID]: JSON.stringify(someFacts()) });
  expect(indexedSession(source, SESSION_ID)).toEqual({
    facts: someFacts(),
    usage: expect.objectContaining({ input: 5 }),
  });
  expect(indexedTranscript(source, SESSION_ID)).toEqual({
    path,
    identity: "1:2",
    lastActivityMs: someFacts().lastActivityMs,
  });
  const hidden: IndexSource = { ...source, isShown: (shown) => shown !== path };
  expect([indexedSession(hidden, SESSION_ID), indexedTranscript(hidden, SESSION_ID)]).toEqual([null, null]);
  expect([indexedSession(source, "other"), indexedTranscript(source, "other")]).toEqual([null, null]);
});

test("facts that another version wrote, or that are broken, are none", () => {
  const source = sourceOf({ older: JSON.stringify({ title: "Old" }), broken: '{"title":' });
  for (const id of ["older", "broken"]) {
    expect([indexedSession(source, id), indexedTranscript(source, id)]).toEqual([null, null]);
  }
});

test("a session whose transcript is gone has facts, and none to be read", () => {
  const gone: SessionFacts = someFacts({ isGone: true });
  const source = sourceOf({ [SESSION_ID]: JSON.stringify(gone) });
  expect(indexedSession(source, SESSION_ID)?.facts).toEqual(gone);
  expect(indexedTranscript(source, SESSION_ID)).toBeNull();
});

test("a session of sub-agents alone is shown by where those lie", () => {
  const source = sourceOf({ [SESSION_ID]: JSON.stringify(someFacts({ transcriptPath: null })) });
  expect(indexedSession(source, SESSION_ID)?.facts.transcriptPath).toBeNull();
  expect(indexedSession({ ...source, isShown: () => false }, SESSION_ID)).toBeNull();
  expect(indexedTranscript(source, SESSION_ID)).toBeNull();
});

test("search reads the files of all sessions or of those named, their sub-agents' too, and none that cannot be read", async () => {
  const source = sourceOf({ one: "{}", two: "{}" });
  const paths = async (names?: ReadonlySet<string>) => {
    const found: string[] = [];
    for await (const file of searchedFiles(source.read, names))
      found.push(`${file.sessionId} ${file.path}${file.isSubagent ? " sub-agent" : ""}`);
    return found;
  };
  expect([...idsOf(source.read)]).toEqual(["one", "two"]);
  const of = (id: string) => [`${id} ${path}`, `${id} /part.jsonl`, `${id} /agent.jsonl sub-agent`];
  expect(await paths()).toEqual([...of("one"), ...of("two")]);
  expect(await paths(new Set(["two", "/some/path.jsonl"]))).toEqual(of("two"));
});

function sourceOf(rows: Readonly<Record<string, string>>): IndexSource {
  const row = (sessionId: string) => {
    const facts = rows[sessionId];
    return facts === undefined ? null : { sessionId, projectPath: null, lastActivityMs: 0, facts };
  };
  const files = [
    aFile({ path }),
    aFile({ path: "/part.jsonl", kind: "part" }),
    aFile({ path: "/agent.jsonl", kind: "subagent" }),
    aFile({ path: "/gone.jsonl", state: "gone" }),
    aFile({ path: "/failed.jsonl", state: "failed" }),
  ];
  const tokens = { input: 5, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 };
  return {
    isShown: () => true,
    read: {
      session: row,
      sessions: () => [],
      allSessions: () =>
        Object.keys(rows)
          .flatMap((id) => row(id) ?? [])
          .values(),
      sessionCount: () => 0,
      labels: () => [],
      fileStatesOfSession: (sessionId) => (rows[sessionId] === undefined ? [] : files),
      messages: { useOfSession: () => ({ ...tokens, messages: 1, nanoUsd: null }) },
    },
  };
}

function aFile(differences: Partial<TranscriptFileRow>): TranscriptFileRow {
  return {
    path,
    kind: "main",
    sessionId: SESSION_ID,
    identity: "1:2",
    sizeBytes: 10,
    modifiedMs: 1,
    offset: 10,
    fingerprint: "",
    state: "ready",
    error: null,
    facts: "{}",
    ...differences,
  };
}
