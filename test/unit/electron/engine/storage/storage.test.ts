import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openEventJournal } from "../../../../../electron/engine/storage/eventJournal.ts";
import { reserveSequence } from "../../../../../electron/engine/storage/hostStateRows.ts";
import {
  DataDirectoryInUseError,
  lockDataDirectory,
} from "../../../../../electron/engine/storage/lockDataDirectory.ts";
import { allMigrations } from "../../../../../electron/engine/storage/migrations/allMigrations.ts";
import { NewerDatabaseError, openDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { payloadRows } from "../../../../../electron/engine/storage/payloadRows.ts";
import { permissionRows } from "../../../../../electron/engine/storage/permissionRows.ts";
import { sessionLabelRows } from "../../../../../electron/engine/storage/sessionLabelRows.ts";
import { sessionRows } from "../../../../../electron/engine/storage/sessionRows.ts";
import type { SessionEvent } from "../../../../../shared/model/event.ts";
import { aPayload, aPermission, aSession } from "../../../../support/builders.ts";

const now = () => new Date("2026-01-01T00:00:00Z");
const inMemory = () => openDatabase(":memory:", now).database;
const failOnError = (error: unknown) => {
  throw error;
};

const folders: string[] = [];
function temporaryFile(): string {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-storage-"));
  folders.push(folder);
  return join(folder, "switchboard.db");
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe("openDatabase", () => {
  it("keeps what was written, and backs up before it migrates", () => {
    const path = temporaryFile();
    const first = openDatabase(path, now, { migrations: allMigrations.slice(0, -1) }).database;
    sessionRows(first).save(aSession());
    first.close();
    const second = openDatabase(path, now);
    expect(sessionRows(second.database).all()).toEqual([aSession()]);
    second.database.close();
    expect(readdirSync(join(path, ".."))).toContain(`switchboard.db.before-${allMigrations.length}`);
  });

  it("moves a damaged file aside, says so and begins anew", () => {
    const path = temporaryFile();
    writeFileSync(path, "this is not a database, but it is long enough to be read as one".repeat(100));
    const { database, notice } = openDatabase(path, now);
    expect(notice).toMatch(/damaged/u);
    expect(sessionRows(database).all()).toEqual([]);
    database.close();
    expect(readdirSync(join(path, ".."))).toContain("switchboard.db.damaged-2026-01-01T00-00-00.000Z");
  });

  it("refuses a file of a newer version and leaves it as it is", () => {
    const path = temporaryFile();
    const { database } = openDatabase(path, now);
    database.pragma("user_version = 999");
    database.close();
    expect(() => openDatabase(path, now)).toThrow(NewerDatabaseError);
  });
});

describe("sessionRows", () => {
  it("has the label that was set last, whatever the summary said when it was saved", () => {
    const database = inMemory();
    sessionRows(database).save(aSession({ label: "Old" }));
    expect(sessionRows(database).all()).toEqual([aSession({ label: null })]);
    sessionLabelRows(database).save({ sessionId: "session-1", label: "New" });
    expect(sessionRows(database).all()).toEqual([aSession({ label: "New" })]);
  });
});

describe("reserveSequence", () => {
  it("starts every run above all numbers that an earlier one may have used", () => {
    const database = inMemory();
    const first = reserveSequence(database);
    for (const used of [1, 700_000, 1_400_000]) first.reserve(used);
    expect(reserveSequence(database).lastSeq).toBeGreaterThanOrEqual(1_400_000);
  });
});

describe("eventJournal", () => {
  const event = (seq: number, sessionId = "session-1"): SessionEvent => ({
    type: "notice.reported",
    data: { text: `event ${seq}`, level: null },
    sessionId,
    seq,
    at: "2026-01-01T00:00:00.000Z",
  });

  it("reads what was appended just now, by session, in order, in pages", () => {
    const journal = openEventJournal(inMemory(), failOnError);
    for (const seq of [1, 2, 3, 4]) journal.append(event(seq));
    journal.append(event(5, "session-2"));
    expect(journal.newest("session-1", 2)).toEqual({ items: [event(3), event(4)], hasOlder: true });
    expect(journal.newest("session-1", 2, 3)).toEqual({ items: [event(1), event(2)], hasOlder: false });
    expect(journal.after("session-1", 2, 10)).toEqual([event(3), event(4)]);
  });

  it("does not keep what a later event holds in full", () => {
    const journal = openEventJournal(inMemory(), failOnError);
    const data = { messageId: "m", blockIndex: 0, block: "text", text: "x", parentToolUseId: null } as const;
    journal.append({ ...event(1), type: "assistant.delta", data });
    expect(journal.newest("session-1", 10).items).toEqual([]);
  });

  it("keeps the newest 50,000 events of a session", () => {
    const database = inMemory();
    const journal = openEventJournal(database, failOnError);
    for (let seq = 1; seq <= 52_000; seq += 1) journal.append(event(seq));
    journal.flush();
    const kept = Number(database.prepare("SELECT count(*) FROM events").pluck().get());
    expect(kept).toBeGreaterThanOrEqual(50_000);
    expect(kept).toBeLessThanOrEqual(51_000);
    expect(journal.newest("session-1", 1).items).toEqual([event(52_000)]);
  });
});

describe("payloadRows", () => {
  it("keeps a payload with every receipt and finds what was left unfinished", () => {
    const rows = payloadRows(inMemory());
    rows.add(aPayload());
    rows.add(aPayload({ payloadId: "payload-2", delivery: "silent" }));
    const at = "2026-01-01T00:00:01.000Z";
    rows.addReceipt("payload-1", { state: "failed", at, reason: "gone" });
    rows.addReceipt("payload-2", { state: "delivered", at });
    expect(rows.get("payload-1")).toEqual(
      aPayload({ receipt: "failed", receipts: [...aPayload().receipts, { state: "failed", at, reason: "gone" }] }),
    );
    expect(rows.unfinished()).toEqual([]);
    rows.add(aPayload({ payloadId: "payload-3" }));
    expect(rows.unfinished().map(({ payloadId }) => payloadId)).toEqual(["payload-3"]);
  });

  it("pages newest first", () => {
    const rows = payloadRows(inMemory());
    for (const payloadId of ["a", "b", "c"]) rows.add(aPayload({ payloadId }));
    const first = rows.newest("session-1", 2);
    const second = rows.newest("session-1", 2, first.nextBefore ?? undefined);
    expect([first, second].map(({ items }) => items.map(({ payloadId }) => payloadId))).toEqual([["c", "b"], ["a"]]);
    expect(second.nextBefore).toBeNull();
  });
});

describe("permissionRows", () => {
  it("lists pending requests oldest first and settled ones newest first", () => {
    const rows = permissionRows(inMemory());
    for (const permissionId of ["a", "b", "c", "d"]) rows.add(aPermission({ permissionId }));
    for (const permissionId of ["a", "c"]) rows.save(aPermission({ permissionId, status: "allowed" }));
    const ids = (status: "pending" | "allowed") =>
      rows.list({ status, limit: 10 }).items.map(({ permissionId }) => permissionId);
    expect({ pending: ids("pending"), allowed: ids("allowed") }).toEqual({ pending: ["b", "d"], allowed: ["c", "a"] });
    const first = rows.list({ limit: 3 });
    expect(rows.list({ limit: 3, from: first.nextFrom ?? undefined }).items).toHaveLength(1);
  });
});

describe("lockDataDirectory", () => {
  it("lets one host have a directory, until it lets go", () => {
    const dataDir = join(temporaryFile(), "..");
    const release = lockDataDirectory(dataDir);
    expect(() => lockDataDirectory(dataDir)).toThrow(DataDirectoryInUseError);
    release();
    lockDataDirectory(dataDir)();
  });
});
