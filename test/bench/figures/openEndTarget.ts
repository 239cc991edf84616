/** The process that `open_end` measures: opens the end of the transcript that its argument names, then the page before. */
import { readTranscriptPage } from "../../../electron/engine/transcripts/replay/transcriptPage.ts";
import { millisecondsBetween, now } from "../measure.ts";

const LIMIT = 500;
const BYTES_PER_MB = 1_000_000;

const [path = ""] = process.argv.slice(2);
const sessionId = "bench";
let peak = 0;
const look = (): void => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
const before = process.memoryUsage.rss();
const looking = setInterval(look, 1);
const beganNs = now();
const end = await readTranscriptPage({ path, sessionId, place: "end", limit: LIMIT });
const openedNs = now();
const first = end.items[0];
if (first === undefined) throw new Error("The transcript has no events.");
const older = await readTranscriptPage({ path, sessionId, place: { before: first.seq }, limit: LIMIT });
const pagedNs = now();
look();
clearInterval(looking);
const result = {
  openMs: millisecondsBetween(beganNs, openedNs),
  olderMs: millisecondsBetween(openedNs, pagedNs),
  grownMb: (peak - before) / BYTES_PER_MB,
  events: end.items.length + older.items.length,
};
process.stdout.write(JSON.stringify(result));
