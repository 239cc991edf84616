/**
 * Says that nobody has written the ledger since it was closed whole: then it need not be checked when it is opened, which
 * reads all of it. A ledger whose host was killed, that another program wrote, or in which anybody met damage has no valid
 * seal.
 * Invariant: nothing here throws; a seal that cannot be written or read is none, and costs the next start a check.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/** Stands in the place of a seal, and keeps the ledger from being sealed when it is closed. */
const IS_DAMAGED = "damaged";

/** To be called when the last connection is closed. */
export function sealLedger(path: string): void {
  quietly(() => writeFileSync(sealPath(path), stateOf(path), { mode: 0o600, flag: "wx" }));
}

/** To be called when it is open: it is checked by then, or was known to be whole. */
export function removeSeal(path: string): void {
  quietly(() => rmSync(sealPath(path), { force: true }));
}

/** Something in it turned out damaged: the next who opens it checks it, however it is closed. */
export function markDamaged(path: string): void {
  quietly(() => writeFileSync(sealPath(path), IS_DAMAGED, { mode: 0o600 }));
}

/** Whether the file is as it was when it was sealed. */
export function isSealed(path: string): boolean {
  try {
    return !hasMore(path) && readFileSync(sealPath(path), "utf8") === stateOf(path);
  } catch {
    return false;
  }
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // An older seal that stays is one of another state of the file, and says nothing.
  }
}

/** Writes that nobody moved into the file yet. A reader that is the last to go leaves an empty one. */
function hasMore(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function sealPath(path: string): string {
  return `${path}.sealed`;
}

function stateOf(path: string): string {
  const { dev, ino, size, mtimeNs } = statSync(path, { bigint: true });
  return [dev, ino, size, mtimeNs].join(" ");
}
