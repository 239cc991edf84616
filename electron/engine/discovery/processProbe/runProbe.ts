import { execFile } from "node:child_process";

/** System tools answer in well under a second; a machine that does not is not going to. */
const PROBE_TIMEOUT_MS = 10_000;

/** Some hundred bytes a process, and command lines of up to some ten thousand. */
const MAX_PROBE_OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * The standard output of a system tool, in the C locale. Tools end with an error when one of many processes is gone:
 * what they print counts, not their exit code.
 */
export function runProbe(file: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, LC_ALL: "C" };
  const options = { env, timeout: PROBE_TIMEOUT_MS, maxBuffer: MAX_PROBE_OUTPUT_BYTES, windowsHide: true } as const;
  return new Promise((resolve) => {
    execFile(file, args, options, (_error, stdout) => resolve(stdout));
  });
}
