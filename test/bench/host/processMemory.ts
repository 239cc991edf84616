import { readFile, writeFile } from "node:fs/promises";

const KIB_PER_MB = 1_000_000 / 1024;

/** A process's resident memory as Linux counts it, in millions of bytes: now, and at its peak. */
export type ProcessMemory = { readonly rssMb: number; readonly peakMb: number };

/** @throws Error where there is no /proc, or no such process. */
export async function readProcessMemory(pid: number): Promise<ProcessMemory> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return { rssMb: field(status, "VmRSS"), peakMb: field(status, "VmHWM") };
}

/** Lets the peak of one of our own processes begin anew at what it has now. */
export async function resetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, "5");
}

function field(status: string, name: string): number {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, "mu").exec(status)?.[1];
  if (kib === undefined) throw new Error(`/proc/<pid>/status has no ${name}.`);
  return Number(kib) / KIB_PER_MB;
}
