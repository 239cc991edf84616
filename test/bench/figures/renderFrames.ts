/**
 * `render`: 5,000 stream lines a second for 10 seconds into the app's own stream terminal, in a real Chromium.
 * A sample is the time between two animation frames of the page, as its own clock has it. `idle*` is the same page
 * with nothing to draw: frames that are late there are the machine's.
 */
import type { FigureRun } from "../figure.ts";
import { withPage } from "../host/withPage.ts";
import { rounded, summarise } from "../measure.ts";
import type { RenderOrder } from "../page/renderPage.ts";

const ORDER: RenderOrder = { linesPerSecond: 5_000, seconds: 10 };
const LIMIT = { p95: 34, max: 100, linesLost: 0 };

export async function renderFrames({ report, progress }: FigureRun): Promise<void> {
  const outcome = await withPage({ html: "index.html", progress }, async (page) => {
    await page.waitForFunction(() => typeof globalThis.renderLines === "function");
    progress(`${ORDER.linesPerSecond} lines a second for ${ORDER.seconds} s`);
    return page.evaluate((order) => globalThis.renderLines(order), ORDER);
  });
  const { frames, idleFrames, settleMs, ...counts } = outcome;
  const { p95: idleP95, max: idleMax } = summarise(idleFrames);
  report({
    what: "time between two frames while lines stream into the app's terminal in Chromium",
    unit: "ms",
    ...summarise(frames),
    idleP95,
    idleMax,
    ...ORDER,
    ...counts,
    linesLost: counts.linesFed - counts.linesWritten,
    settleMs: rounded(settleMs),
    limit: LIMIT,
  });
}
