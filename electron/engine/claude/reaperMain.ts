/**
 * The reaper's own process. Reads from stdin which processes to watch; when stdin ends, its host is gone, and what is
 * still watched is ended, descendants included. Then it exits.
 */
import { createInterface } from "node:readline";
import type { ProcessIdentity } from "./processIdentity.ts";
import { parseReaperLine } from "./reaperLines.ts";
import { endProcessTrees } from "./stopProcess.ts";

/** From SIGTERM to SIGKILL: nobody is left to wait for more. */
const TERM_MS = 2_000;

// Whoever ends the host may signal everything around it; this process ends when the host has, not before.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

const watched = new Map<number, ProcessIdentity>();
const lines = createInterface({ input: process.stdin, terminal: false });

lines.on("line", (text) => {
  const line = parseReaperLine(text);
  if (line === null) return;
  const { verb, pid, startIdentity } = line;
  if (verb === "watch") watched.set(pid, { pid, startIdentity });
  else watched.delete(pid);
});

lines.on("close", () => {
  if (watched.size > 0) void endProcessTrees([...watched.values()], { termMs: TERM_MS });
  else process.exit(0);
});
