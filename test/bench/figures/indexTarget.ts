/**
 * The process that `first_index` measures: loads what the headless host loads, indexes one configuration folder and
 * prints one JSON object. Arguments: folder, data directory, and where compiled code is kept for the next time.
 */
import { statSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { enableCompileCache } from "node:module";
import type { ApiMessageReads } from "../../../electron/engine/storage/apiMessageRows.ts";
import type { Totals } from "./ccusageTotals.ts";

const [folder = "", dataDir = "", compileCache = ""] = process.argv.slice(2);
// As `npm run serve` does, before anything else is loaded.
enableCompileCache(compileCache);
const { apiMessageReads } = await import("../../../electron/engine/storage/apiMessageRows.ts");
const { ledgerPath, openLedgerToRead } = await import("../../../electron/engine/storage/openLedger.ts");
const { giveBackMemory } = await import("../../../electron/engine/transcripts/giveBackMemory.ts");
const { openTranscriptIndex } = await import("../../../electron/engine/transcripts/transcriptIndex.ts");
const { readProcessMemory } = await import("../host/processMemory.ts");
const { addTo } = await import("./ccusageTotals.ts");

const TICK_MS = 5;

/** What ends with the scan, threads above all, has ended by then. */
const SETTLE_MS = 1000;

// Not used: a host has these in memory too.
await import("../../../electron/engine/createEngine.ts");
await import("../../../electron/web/startWebHost.ts");
// As the headless host does when it has loaded its code.
giveBackMemory();
const beganMs = performance.now();
const beganCpu = process.cpuUsage();
let longestBlockMs = 0;
let longestTaskMs = 0;
let lastMs = performance.now();
let lastCpuMs = threadCpuMs();
const ticking = setInterval(() => {
  const nowMs = performance.now();
  const nowCpuMs = threadCpuMs();
  longestBlockMs = Math.max(longestBlockMs, nowMs - lastMs - TICK_MS);
  longestTaskMs = Math.max(longestTaskMs, nowCpuMs - lastCpuMs);
  [lastMs, lastCpuMs] = [nowMs, nowCpuMs];
}, TICK_MS);
const quiet = (): void => undefined;
const index = await openTranscriptIndex({
  dataDir,
  roots: () => Promise.resolve([folder]),
  log: {
    info: quiet,
    warn: quiet,
    error: (detail, message) => process.stderr.write(`${message} ${JSON.stringify(detail)}\n`),
  },
});
await index.scan();
const elapsedMs = performance.now() - beganMs;
const { user, system } = process.cpuUsage(beganCpu);
const cpuMs = (user + system) / 1000;
const listBeganMs = performance.now();
index.read.sessions({ limit: 50 });
const listMs = performance.now() - listBeganMs;
const allBeganMs = performance.now();
const sessions = [...index.read.allSessions()].length;
const allSessionsMs = performance.now() - allBeganMs;
await index.watch();
await wait(SETTLE_MS);
clearInterval(ticking);
// What `resourceUsage` says is at least what the process had that started this one.
const { rssMb: endMegabytes, peakMb: peakMegabytes } = await readProcessMemory(process.pid);
await index.dispose();
const database = openLedgerToRead(ledgerPath(dataDir));
const messages = apiMessageReads(database);
const databaseBytes = statSync(ledgerPath(dataDir)).size;
const times = { elapsedMs, listMs, allSessionsMs, longestBlockMs, longestTaskMs, cpuMs };
const size = { messages: messages.count(), sessions, databaseBytes };
const result = { ...times, endMegabytes, peakMegabytes, ...size, totals: dailyTotals(messages) };
process.stdout.write(JSON.stringify(result));

/** Of this thread alone: what it did, and not what it waited for a processor. */
function threadCpuMs(): number {
  const used = process.threadCpuUsage();
  return (used.user + used.system) / 1000;
}

/** By day in UTC and by model, the kinds of tokens that ccusage tells. */
function dailyTotals(messages: ApiMessageReads): Totals {
  const totals: Totals = {};
  for (const row of messages.all()) {
    const day = new Date(row.atMs ?? 0).toISOString().slice(0, 10);
    addTo(totals, `${day} ${row.model ?? "unknown"}`, {
      input: row.input ?? 0,
      output: row.output ?? 0,
      cacheRead: row.cacheRead ?? 0,
      cacheWrite: (row.cacheWrite5m ?? 0) + (row.cacheWrite1h ?? 0),
    });
  }
  return totals;
}
