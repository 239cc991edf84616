import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isSealed, markDamaged, removeSeal, sealLedger } from "../../../../../electron/engine/storage/ledgerSeal.ts";
import { closeLedger, openLedger } from "../../../../../electron/engine/storage/openLedger.ts";

const PAGE_BYTES = 4096;

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-seal-"));
  path = join(folder, "ledger.db");
  closeLedger(openLedger(path, () => new Date()).database);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("holds for a ledger that was closed and not written since", () => {
  expect(isSealed(path)).toBe(true);
  closeLedger(openLedger(path, () => new Date()).database);
  expect(isSealed(path)).toBe(true);
});

it.each([
  ["was written", () => appendFileSync(path, "x")],
  ["is another one of the same size and time", replace],
  ["was touched", () => utimesSync(path, new Date(), new Date(0))],
  ["has writes beside it that a killed host left", () => writeFileSync(`${path}-wal`, "x")],
  ["is gone", () => rmSync(path)],
  ["turned out damaged", () => markDamaged(path)],
] as const)("does not hold for one that %s", (_, happen) => {
  happen();
  expect(isSealed(path)).toBe(false);
});

it("is nothing to fail for where there is no ledger, or no room for a seal", () => {
  rmSync(path);
  rmSync(`${path}.sealed`);
  mkdirSync(`${path}.sealed`);
  markDamaged(path);
  removeSeal(path);
  sealLedger(path);
  expect(isSealed(path)).toBe(false);
});

it("is not given to one in which somebody met damage while it was open", () => {
  const { database } = openLedger(path, () => new Date());
  markDamaged(path);
  closeLedger(database);
  expect(isSealed(path)).toBe(false);
  // Found whole when it was opened next.
  closeLedger(openLedger(path, () => new Date()).database);
  expect(isSealed(path)).toBe(true);
});

it("spares the check, which finds what is torn once the damage is known", () => {
  const { database } = openLedger(path, () => new Date());
  database.exec(
    "CREATE TABLE filler AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 9000) SELECT i, hex(randomblob(40)) AS text FROM n",
  );
  database.close();
  tearInTheMiddle();
  sealLedger(path);
  const trusted = openLedger(path, () => new Date());
  expect(trusted.aside).toBeNull();
  trusted.database.close();
  markDamaged(path);
  const checked = openLedger(path, () => new Date());
  expect([checked.aside, checked.notice]).toEqual([
    expect.stringContaining("ledger.db.damaged-"),
    expect.stringContaining("was damaged"),
  ]);
  checked.database.close();
});

/** Another file: written anew, and with the time of the one before. */
function replace(): void {
  const bytes = readFileSync(path);
  const { atime, mtime } = statSync(path);
  // Takes the place of the old one on disk, so that the new one has another.
  writeFileSync(`${path}.other`, "");
  rmSync(path);
  writeFileSync(path, bytes);
  utimesSync(path, atime, mtime);
}

function tearInTheMiddle(): void {
  const file = openSync(path, "r+");
  const at = Math.floor(statSync(path).size / 2 / PAGE_BYTES) * PAGE_BYTES;
  writeSync(file, Buffer.alloc(PAGE_BYTES * 3, 0xff), 0, PAGE_BYTES * 3, at);
  closeSync(file);
}
