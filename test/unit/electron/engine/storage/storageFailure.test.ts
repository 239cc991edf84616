import Database from "better-sqlite3";
import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import {
  failureWords,
  lookedUpFailure,
  storageFailureOf,
} from "../../../../../electron/engine/storage/storageFailure.ts";

it.each([
  ["SQLITE_FULL", "full"],
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["EFBIG", "full"],
  ["SQLITE_READONLY", "unwritable"],
  ["SQLITE_READONLY_DBMOVED", "unwritable"],
  ["SQLITE_CANTOPEN", "unwritable"],
  ["EROFS", "unwritable"],
  ["EACCES", "unwritable"],
  ["SQLITE_BUSY", "locked"],
  ["SQLITE_BUSY_SNAPSHOT", "locked"],
  ["SQLITE_LOCKED", "locked"],
  ["SQLITE_CORRUPT", "damaged"],
  ["SQLITE_CORRUPT_INDEX", "damaged"],
  ["SQLITE_NOTADB", "damaged"],
  ["SQLITE_IOERR_WRITE", "failing"],
  ["SQLITE_IOERR_SHMSIZE", "failing"],
  ["SQLITE_CONSTRAINT_UNIQUE", null],
  ["SQLITE_ERROR", null],
  ["ENOENT", null],
])("%s is %s", (code, failure) => {
  expect(storageFailureOf(Object.assign(new Error("words"), { code }))).toBe(failure);
});

it("says nothing of what is no error of a storage", () => {
  expect(storageFailureOf(new Error("disk full"))).toBeNull();
  expect(storageFailureOf("SQLITE_FULL")).toBeNull();
});

it("looks behind SQLite's word for a failed write", () => {
  const failed = new Database.SqliteError("disk I/O error", "SQLITE_IOERR_WRITE");
  expect(lookedUpFailure(failed, tmpdir())).toBe("failing");
});

it("names the file where it matters", () => {
  expect(failureWords("full", "/data/x.db")).toBe("The disk is full");
  expect(failureWords("locked", "/data/x.db")).toBe("Another program keeps /data/x.db locked");
});
