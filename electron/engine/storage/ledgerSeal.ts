/**
 * Says that nobody has written the ledger since it was closed whole: then it need not be checked when it is opened, which
 * takes as long as everything else at a start. A ledger whose host was killed, or that another program wrote, has no
 * valid seal.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";

/** To be called when the last connection is closed. Without room for the seal the next start checks the ledger. */
export function sealLedger(path: string): void {
  try {
    writeFileSync(sealPath(path), stateOf(path), { mode: 0o600 });
  } catch {
    // The old seal is another file's, and says nothing.
  }
}

/** Something in it turned out damaged, though nobody wrote it: the next who opens it checks it. Never throws. */
export function breakSeal(path: string): void {
  try {
    rmSync(sealPath(path), { force: true });
  } catch {
    // The folder cannot be written: the ledger cannot be begun anew there either.
  }
}

/** Whether the file is as it was when it was sealed. */
export function isSealed(path: string): boolean {
  try {
    return !hasMore(path) && readFileSync(sealPath(path), "utf8") === stateOf(path);
  } catch {
    return false;
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
