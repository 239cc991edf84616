/**
 * The process that `first_index` measures: indexes one configuration folder and prints one JSON object.
 * Arguments: folder, database.
 */
import { statSync } from "node:fs";
import { transcriptsMigration } from "../../../electron/engine/storage/migrations/005-transcripts.ts";
import { allMigrations } from "../../../electron/engine/storage/migrations/allMigrations.ts";
import { openDatabase } from "../../../electron/engine/storage/openDatabase.ts";
import { type TranscriptStore, transcriptStore } from "../../../electron/engine/storage/transcriptStore.ts";
import { openTranscriptIndex } from "../../../electron/engine/transcripts/transcriptIndex.ts";
import { addTo, type Totals } from "./ccusageTotals.ts";

const TICK_MS = 5;
const MEGABYTE = 1_000_000;

const [folder = "", file = ""] = process.argv.slice(2);
const beganMs = performance.now();
const migrations = allMigrations.includes(transcriptsMigration)
  ? allMigrations
  : [...allMigrations, transcriptsMigration];
const { database } = openDatabase(file, () => new Date(), migrations);
const store = transcriptStore(database);
let longestBlockMs = 0;
let lastMs = performance.now();
const ticking = setInterval(() => {
  const nowMs = performance.now();
  longestBlockMs = Math.max(longestBlockMs, nowMs - lastMs - TICK_MS);
  lastMs = nowMs;
}, TICK_MS);
const quiet = (): void => undefined;
const index = openTranscriptIndex({
  roots: () => Promise.resolve([folder]),
  store,
  log: {
    info: quiet,
    warn: quiet,
    error: (detail, message) => process.stderr.write(`${message} ${JSON.stringify(detail)}\n`),
  },
});
await index.scan();
const elapsedMs = performance.now() - beganMs;
clearInterval(ticking);
const endMegabytes = process.memoryUsage.rss() / MEGABYTE;
// In kilobytes, and the most there ever was.
const peakMegabytes = (process.resourceUsage().maxRSS * 1024) / MEGABYTE;
const listBeganMs = performance.now();
store.sessions({ limit: 50 });
const listMs = performance.now() - listBeganMs;
const counts = { messages: store.messages.count(), sessions: store.sessionCount() };
const totals = dailyTotals(store);
await index.dispose();
database.pragma("wal_checkpoint(TRUNCATE)");
database.close();
const databaseBytes = statSync(file).size;
const result = { elapsedMs, listMs, endMegabytes, peakMegabytes, longestBlockMs, ...counts, databaseBytes, totals };
process.stdout.write(JSON.stringify(result));

/** By day in UTC and by model, the kinds of tokens that ccusage tells. */
function dailyTotals({ messages }: TranscriptStore): Totals {
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
