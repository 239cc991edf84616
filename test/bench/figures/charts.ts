/**
 * `charts`: the app's Costs page with a year of days in a real Chromium: how long from data that are in the page to the end
 * of the frame that shows them drawn. In each time is the wait for the frame itself, up to 17 ms.
 */
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import type { FigureRun } from "../figure.ts";
import { withPage } from "../host/withPage.ts";
import { summarise } from "../measure.ts";
import type { ChartsOrder } from "../page/costsPage.ts";

const ORDER: ChartsOrder = { days: 365, times: 40 };
const WARM_UPS = 5;
const LIMIT = { p95: 100 };

export async function charts({ report, progress }: FigureRun): Promise<void> {
  const plugins = [react(), tailwindcss()];
  const outcome = await withPage({ html: "costs.html", plugins, progress }, async (page) => {
    await page.waitForFunction(() => typeof globalThis.drawCharts === "function");
    return page.evaluate((order) => globalThis.drawCharts(order), ORDER);
  });
  const { opened, changed, switched, marks } = outcome;
  const shared = { unit: "ms", days: ORDER.days, marks, limit: LIMIT };
  const figure = (what: string, samples: readonly number[]): void =>
    report({ what, ...shared, ...summarise(samples.slice(WARM_UPS)) });
  figure("Costs page of a year opened, data at hand → painted in Chromium", opened);
  figure("the same page with other data → painted", changed);
  figure("the same page switched from dollars to tokens → painted", switched);
}
