import Database from "better-sqlite3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEventJournal } from "../../../../../electron/engine/storage/eventJournal.ts";
import { HeldWrites, type HeldWritesOptions } from "../../../../../electron/engine/storage/heldWrites.ts";
import { reserveSequence } from "../../../../../electron/engine/storage/hostStateRows.ts";
import { openDatabase, type SqliteDatabase } from "../../../../../electron/engine/storage/openDatabase.ts";
import { ownedProcessRows } from "../../../../../electron/engine/storage/ownedProcessRows.ts";
import { payloadRows } from "../../../../../electron/engine/storage/payloadRows.ts";
import { permissionRows } from "../../../../../electron/engine/storage/permissionRows.ts";
import { sessionRows } from "../../../../../electron/engine/storage/sessionRows.ts";
import { settingsRows } from "../../../../../electron/engine/storage/settingsRows.ts";
import type { SessionEvent } from "../../../../../shared/model/event.ts";
import { aPayload, aPermission, aSession } from "../../../../support/builders.ts";

const ignore = (): void => undefined;
const log = { info: ignore, warn: ignore, error: ignore };
const throwing = (error: unknown): never => {
  throw error;
};

let folder: string;
let database: SqliteDatabase;
let opened: HeldWrites[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-held-"));
  ({ database } = openDatabase(join(folder, "switchboard.db"), () => new Date()));
  database.pragma("busy_timeout = 10");
  opened = [];
});

afterEach(() => {
  for (const writes of opened) writes.dispose();
  if (database.open) database.close();
  rmSync(folder, { recursive: true });
});

function hold(options: Partial<HeldWritesOptions> = {}): HeldWrites {
  const writes = new HeldWrites({ database, log, onChange: ignore, tryAgainMs: 1, ...options });
  opened.push(writes);
  return writes;
}

/** Resolves when there is nothing to tell any more. */
function recovering(options: Partial<HeldWritesOptions> = {}) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const told: (readonly string[])[] = [];
  const writes = hold({
    ...options,
    onChange: () => {
      told.push(writes.notices());
      if (!writes.isHolding && told.length > 1) resolve();
    },
  });
  return { writes, told, recovered: promise };
}

/** A database in which nothing new can be written, and the way back. */
const refusals: readonly (readonly [string, RegExp, () => () => void])[] = [
  [
    "a full disk",
    /^The disk is full: what sessions do/u,
    () => {
      database.pragma(`max_page_count = ${Number(database.pragma("page_count", { simple: true }))}`);
      return () => database.pragma("max_page_count = 1073741823");
    },
  ],
  [
    "a file that may only be read",
    /switchboard\.db may only be read: .*rights/u,
    () => {
      database.pragma("query_only = ON");
      return () => database.pragma("query_only = OFF");
    },
  ],
  [
    "a file that another process has locked",
    /^Another program keeps .*switchboard\.db locked: /u,
    () => {
      const other = new Database(database.name);
      other.exec("BEGIN IMMEDIATE");
      return () => void other.close();
    },
  ],
];

const large = "x".repeat(20_000);

function event(seq: number, text = "said"): SessionEvent {
  const data = { text, level: null };
  return { type: "notice.reported", data, sessionId: "session-1", seq, at: "2026-01-01T00:00:00.000Z" };
}

describe.each(refusals)("on %s", (_name, words, refuse) => {
  it("goes on as if all were written, says so, and writes it when it can", async () => {
    const { writes, told, recovered } = recovering();
    const [permissions, payloads] = [permissionRows(database, writes), payloadRows(database, writes)];
    const journal = openEventJournal(database, throwing, writes);
    permissions.add(aPermission({ permissionId: "before" }));
    payloads.add(aPayload({ payloadId: "before" }));
    journal.append(event(1));
    journal.flush();
    const undo = refuse();

    journal.append(event(2, large));
    permissions.add(aPermission({ permissionId: "asked", plan: large }));
    permissions.save(aPermission({ permissionId: "asked", status: "allowed" }));
    permissions.save(aPermission({ permissionId: "before", status: "denied" }));
    permissions.add(aPermission({ permissionId: "waits" }));
    payloads.add(aPayload({ payloadId: "sent", text: large }));
    payloads.addReceipt("sent", { state: "written", at: "2026-01-01T00:00:01.000Z" });
    payloads.addReceipt("before", { state: "failed", at: "2026-01-01T00:00:02.000Z", reason: "gone" });

    const read = () => ({
      pending: permissions.list({ status: "pending", limit: 10 }),
      newest: permissions.list({ limit: 2 }).items.map(({ permissionId, status }) => [permissionId, status]),
      next: permissions.list({ limit: 2, from: permissions.list({ limit: 2 }).nextFrom ?? 0 }).items,
      asked: permissions.get("asked")?.status,
      payloads: payloads
        .newest("session-1", 10)
        .items.map(({ payloadId, receipt, receipts }) => [payloadId, receipt, receipts.length]),
      one: payloads.newest("session-1", 1),
      sent: payloads.get("sent"),
      newestEvents: journal.newest("session-1", 1),
      events: journal.after("session-1", 0, 10),
    });
    const seen = read();
    expect(seen).toMatchObject({
      pending: { items: [{ permissionId: "waits" }], nextFrom: null },
      newest: [
        ["waits", "pending"],
        ["asked", "allowed"],
      ],
      next: [{ permissionId: "before", status: "denied" }],
      asked: "allowed",
      payloads: [
        ["sent", "written", 2],
        ["before", "failed", 2],
      ],
      one: { items: [{ payloadId: "sent" }], nextBefore: 2 },
      newestEvents: { items: [{ seq: 2 }], hasOlder: true },
      events: [{ seq: 1 }, { seq: 2 }],
    });
    expect(told).toEqual([[expect.stringMatching(words)]]);
    expect(storedPermissions()).toEqual(["before pending"]);

    undo();
    await recovered;
    expect(told.at(-1)).toEqual([]);
    expect(read()).toEqual(seen);
    expect(storedPermissions()).toEqual(["before denied", "asked allowed", "waits pending"]);
    permissions.add(aPermission({ permissionId: "after" }));
    expect(storedPermissions()).toHaveLength(4);
  });
});

function storedPermissions(): unknown[] {
  const sql = "SELECT permission_id || ' ' || status FROM permissions ORDER BY position";
  return database.prepare(sql).pluck().all();
}

describe("what is held", () => {
  const readOnly = (): void => void database.pragma("query_only = ON");

  it("is answered by every kind of row, and each is there when the host ends", () => {
    const writes = hold({ tryAgainMs: 60_000 });
    const sequence = reserveSequence(database, writes);
    const settings = settingsRows(database, writes);
    const processes = ownedProcessRows(database, writes);
    processes.add({ pid: 1, startIdentity: "a", sessionId: "s" });
    readOnly();
    sequence.reserve(sequence.lastSeq + 600_000);
    settings.save({ ...settings.read(), extraRoots: ["/a"] });
    settings.save({ ...settings.read(), searchEnabled: false });
    processes.add({ pid: 2, startIdentity: "b", sessionId: "s" });
    processes.remove(1);
    sessionRows(database, writes).save(aSession());
    expect(settings.read()).toMatchObject({ extraRoots: ["/a"], searchEnabled: false });
    expect(processes.all()).toEqual([{ pid: 2, startIdentity: "b", sessionId: "s" }]);
    database.pragma("query_only = OFF");
    writes.dispose();
    expect(settingsRows(database).read()).toMatchObject({ extraRoots: ["/a"], searchEnabled: false });
    expect(ownedProcessRows(database).all()).toEqual([{ pid: 2, startIdentity: "b", sessionId: "s" }]);
    expect(sessionRows(database).all()).toEqual([aSession()]);
    expect(reserveSequence(database).lastSeq).toBeGreaterThanOrEqual(sequence.lastSeq + 600_000);
  });

  it("is bounded: events are dropped before decisions, the oldest first, and that is said", () => {
    const writes = hold({ tryAgainMs: 60_000, maxChanges: 3 });
    const journal = openEventJournal(database, throwing, writes);
    const permissions = permissionRows(database, writes);
    readOnly();
    permissions.add(aPermission({ permissionId: "first" }));
    for (const seq of [1, 2, 3]) {
      journal.append(event(seq));
      journal.flush();
    }
    permissions.add(aPermission({ permissionId: "second" }));
    expect(journal.after("session-1", 0, 10)).toEqual([event(3)]);
    permissions.add(aPermission({ permissionId: "third" }));
    permissions.add(aPermission({ permissionId: "fourth" }));
    expect(writes.notices()).toEqual([
      expect.stringMatching(/may only be read/u),
      "While nothing could be written, there was no room to hold 3 events and 1 decision or receipt: they are not kept.",
    ]);
    database.pragma("query_only = OFF");
    writes.dispose();
    expect(storedPermissions()).toEqual(["second pending", "third pending", "fourth pending"]);
    expect(writes.notices()).toEqual([expect.stringMatching(/^While nothing/u)]);
  });

  it("is bounded in size too, and a later change of the same thing takes the place of the earlier one", () => {
    const writes = hold({ tryAgainMs: 60_000, maxCharacters: 50_000 });
    const permissions = permissionRows(database, writes);
    readOnly();
    for (let turn = 0; turn < 5; turn += 1) permissions.save(aPermission({ permissionId: "same", plan: large }));
    expect(writes.notices()).toHaveLength(1);
    for (const permissionId of ["b", "c"]) permissions.add(aPermission({ permissionId, plan: large }));
    expect(permissions.list({ limit: 10 }).items.map(({ permissionId }) => permissionId)).toEqual(["c", "b"]);
  });

  it("goes without a change that is refused for what it is", async () => {
    const { writes, recovered } = recovering();
    const payloads = payloadRows(database, writes);
    readOnly();
    payloads.add(aPayload({ payloadId: "twice" }));
    payloads.add(aPayload({ payloadId: "twice" }));
    payloads.add(aPayload({ payloadId: "after" }));
    database.pragma("query_only = OFF");
    await recovered;
    expect(payloads.newest("session-1", 10).items.map(({ payloadId }) => payloadId)).toEqual(["after", "twice"]);
    expect(() => payloads.add(aPayload({ payloadId: "after" }))).toThrow(/UNIQUE/u);
  });
});
