import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewApiMessageRow } from "../../../../../electron/engine/storage/apiMessageWrites.ts";
import type { SqliteDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { ledgerPath, openLedger } from "../../../../../electron/engine/storage/openLedger.ts";
import { LedgerReader } from "../../../../../electron/engine/storage/transcriptReader.ts";
import type { TranscriptFileRow } from "../../../../../electron/engine/storage/transcriptRows.ts";
import { type TranscriptStore, transcriptStore } from "../../../../../electron/engine/storage/transcriptStore.ts";

let folder: string;
let database: SqliteDatabase;
let store: TranscriptStore;
let reader: LedgerReader;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-rows-"));
  database = openLedger(ledgerPath(folder), () => new Date()).database;
  store = transcriptStore(database);
  reader = new LedgerReader(ledgerPath(folder), (error) => {
    throw error;
  });
  reader.reopen();
});
afterEach(() => {
  reader.close();
  database.close();
  rmSync(folder, { recursive: true });
});

const file: TranscriptFileRow = {
  path: "/p/s1.jsonl",
  kind: "main",
  sessionId: "s1",
  identity: "1:1",
  sizeBytes: 9,
  modifiedMs: 1.5,
  offset: 9,
  fingerprint: "f",
  state: "ready",
  error: null,
  facts: "{}",
};

function message(messageId: string, fields: Partial<NewApiMessageRow> = {}): NewApiMessageRow {
  return {
    ...{ messageId, requestId: "r", sessionId: "s1", atMs: 1, model: "m", offset: 0 },
    ...{ input: 1, output: 2, cacheRead: null, cacheWrite5m: 3, cacheWrite1h: null, webSearches: null },
    ...{ speed: null, serviceTier: "standard", inferenceGeo: "", isSidechain: false, isForkCopy: false },
    ...{ turnId: null, isTurnTold: false, gitBranch: null, isProvisional: false },
    ...fields,
  };
}

function writeMessages(...rows: readonly NewApiMessageRow[]): readonly boolean[] {
  const added: boolean[] = [];
  store.write(() => {
    const fileId = store.saveFile(file);
    for (const row of rows) added.push(store.messages.addIfNew(row, fileId, false));
  });
  return added;
}

describe("what is written", () => {
  it("is seen by readers once it is committed, and never when it is undone", () => {
    writeMessages(message("a"));
    expect(reader.messages.useOfSession("s1").messages).toBe(0);
    store.commit();
    expect(reader.messages.useOfSession("s1")).toMatchObject({ messages: 1, input: 1, cacheRead: 0, cacheWrite5m: 3 });
    const { facts: _facts, fingerprint: _fingerprint, ...fileState } = file;
    expect(reader.fileStatesOfSession("s1")).toEqual([fileState]);
    writeMessages(message("b", { sessionId: "s2", model: "other" }));
    store.undo();
    writeMessages(message("c", { sessionId: "s2", model: "other" }));
    store.commit();
    expect(reader.messages.useOfSession("s2").messages).toBe(1);
    expect([...store.messages.all()].map(({ messageId, model }) => [messageId, model])).toEqual([
      ["a", "m"],
      ["c", "other"],
    ]);
  });

  it.each([true, false])("has each message id once (the table begins empty: %s)", (isFirst) => {
    if (isFirst) store.expand();
    expect(writeMessages(message("a"), message("b"), message("a", { output: 9 }))).toEqual([true, true, false]);
    const [old] = store.messages.withMessageId("a");
    if (old === undefined) throw new Error("The message is not found.");
    store.write(() => {
      const second = { ...old, requestId: "r2", output: 9 };
      store.messages.replace("a", [old, second]);
    });
    expect(store.messages.withMessageId("a").map(({ output }) => output)).toEqual([2, 9]);
    expect(writeMessages(message("a"))).toEqual([false]);
    store.commit();
    store.rest();
    expect(writeMessages(message("b"), message("d"))).toEqual([false, true]);
    store.commit();
    expect([...store.messages.all()].map(({ messageId }) => messageId)).toEqual(["a", "a", "b", "d"]);
  });

  it("has each message id once after the first writes were undone", () => {
    store.expand();
    writeMessages(message("a"));
    store.undo();
    expect(writeMessages(message("a"), message("a"))).toEqual([true, false]);
    store.commit();
    expect(store.messages.count()).toBe(1);
  });

  it("is found again by the next run when this one was ended before the first messages were all in", () => {
    store.expand();
    writeMessages(message("a"));
    store.commit();
    database.close();
    database = openLedger(ledgerPath(folder), () => new Date()).database;
    store = transcriptStore(database);
    expect(writeMessages(message("a"), message("b"))).toEqual([false, true]);
  });
});

it("all sessions come in the order of the list, however many are active at one time", () => {
  const rows = Array.from({ length: 350 }, (_, index) => ({
    ...{ sessionId: `s${String(index).padStart(3, "0")}`, projectPath: null, facts: "{}" },
    lastActivityMs: 1000 - Math.floor(index / 150),
  }));
  store.write(() => {
    for (const row of rows.toReversed()) store.saveSession(row);
  });
  store.commit();
  expect([...reader.allSessions()]).toEqual(rows);
  expect(reader.sessions({ limit: 1000 })).toEqual(rows);
  expect(reader.sessionCount()).toBe(350);
});

it("a reader without a ledger has nothing and says so", () => {
  const problems: unknown[] = [];
  const none = new LedgerReader(join(folder, "none.db"), (error) => problems.push(error));
  none.reopen();
  expect([none.session("s1"), none.sessions({ limit: 5 }), [...none.allSessions()], none.sessionCount()]).toEqual([
    null,
    [],
    [],
    0,
  ]);
  expect(problems).toHaveLength(1);
});

it("a ledger that is older than labels is read all the same: it may be locked, so that it cannot be migrated", () => {
  writeMessages(message("a"));
  store.commit();
  database.exec("DROP VIEW session_stats; DROP VIEW recent_messages; DROP TABLE session_labels");
  reader.reopen();
  expect([reader.labels(), reader.messages.useOfSession("s1").messages]).toEqual([[], 1]);
});
