/**
 * Disks that can be made full, and given room again, while a host has its data on them.
 * Owns the mounts it makes; dispose them.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FullDisk {
  /** A folder for the host's data. */
  readonly path: string;
  /** From here on nothing more can be written by the process. */
  readonly fill: (pid: number) => void;
  readonly free: (pid: number) => void;
  readonly dispose: () => void;
}

/**
 * A small disk of its own, which answers ENOSPC when it is full; null where this process may not mount one.
 * Its room is large enough for a host's databases, with megabytes to spare.
 */
export function smallDisk(megabytes = 48): FullDisk | null {
  const path = mkdtempSync(join(tmpdir(), "switchboard-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "none", path], { stdio: "ignore" });
  } catch {
    rmSync(path, { recursive: true });
    return null;
  }
  const ballast = join(path, "ballast");
  return {
    path,
    fill: () => fillUp(ballast),
    free: () => rmSync(ballast, { force: true }),
    dispose: () => {
      execFileSync("umount", ["--lazy", path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/**
 * The limit that the system sets a process on the size of its files, which needs no rights: with 0, nothing more can be
 * written into any file. SQLite is told EFBIG. Null where there is no `prlimit`.
 */
export function limitedFiles(): FullDisk | null {
  try {
    execFileSync("prlimit", ["--version"], { stdio: "ignore" });
  } catch {
    return null;
  }
  const path = mkdtempSync(join(tmpdir(), "switchboard-limit-"));
  const limit = (pid: number, bytes: string): void =>
    void execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`]);
  return {
    path,
    fill: (pid) => limit(pid, "0"),
    free: (pid) => limit(pid, "unlimited"),
    dispose: () => rmSync(path, { recursive: true, force: true }),
  };
}

function fillUp(file: string): void {
  for (const bytes of [1024 * 1024, 4096]) {
    try {
      for (;;) appendFileSync(file, Buffer.alloc(bytes));
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }
}
