/**
 * The page of the figure `charts`: the real Costs page over answers that are in the page already, a year of days. Notes
 * how long it takes to the frame that shows them. Knows nothing about what is a good result.
 */
import "../../../renderer/styles/app.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import type { ConnectionState } from "../../../renderer/client/client.ts";
import { type AppStores, createAppStores } from "../../../renderer/stores/appStores.ts";
import { defaultFilters } from "../../../renderer/stores/costFilters.ts";
import type { Request } from "../../../renderer/stores/request.ts";
import { CostsPage } from "../../../renderer/views/costs/CostsPage.tsx";
import { StoresContext } from "../../../renderer/views/useStores.ts";
import { madeUpCosts } from "./madeUpCosts.ts";

export type ChartsOrder = { readonly days: number; readonly times: number };

export type ChartsOutcome = {
  /** Milliseconds from the page's first rendering, its data at hand, to the frame with all its charts painted. */
  readonly opened: readonly number[];
  /** From other data to the frame that shows them. */
  readonly changed: readonly number[];
  /** From a switch between dollars and tokens to the frame that shows it. */
  readonly switched: readonly number[];
  /** Columns and days that are drawn. */
  readonly marks: number;
};

declare global {
  var drawCharts: (order: ChartsOrder) => Promise<ChartsOutcome>;
}

const open: ConnectionState = { status: "open", attempt: 0, failure: null, scopes: [], hostVersion: "bench" };
const filters = { ...defaultFilters, range: "year" } as const;

globalThis.drawCharts = async ({ days, times }) => {
  const opened: number[] = [];
  const changed: number[] = [];
  const switched: number[] = [];
  let marks = 0;
  const box = document.querySelector("#root") ?? document.body;
  for (let time = 0; time < times; time += 1) {
    const year = { days, filters, nowMs: Date.now() };
    const [first, second] = [madeUpCosts(year, time), madeUpCosts(year, time + times)];
    const stores = storesWith();
    stores.costs.setState({ filters, answers: first, isLoading: false });
    const root = createRoot(box);
    await painted();
    opened.push(
      await timed(
        () => root.render(createElement(StoresContext, { value: stores }, createElement(CostsPage))),
        () => drawnMarks() >= days,
      ),
    );
    marks = drawnMarks();
    changed.push(await timed(() => stores.costs.setState({ answers: second }), isDrawn));
    const { view } = stores.costs.getState();
    switched.push(await timed(() => stores.costs.setState({ view: { ...view, unit: "tokens" } }), isDrawn));
    root.unmount();
  }
  return { opened, changed, switched, marks };
};

/** What is asked for meanwhile is never answered: only what is set is drawn. */
function storesWith(): AppStores {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no answer has every type
  const request = (() => new Promise(() => {})) as unknown as Request;
  return createAppStores({
    request,
    connection: open,
    notify: () => {},
    keyStore: null,
    sender: "bench",
    schedule: (run) => setTimeout(run, 16),
    timeZone: "UTC",
  });
}

function isDrawn(): boolean {
  return true;
}

function drawnMarks(): number {
  return document.querySelectorAll("svg [data-mark]").length;
}

/** Milliseconds to the end of the first frame in which it is so. */
async function timed(act: () => void, isSo: () => boolean): Promise<number> {
  const began = performance.now();
  act();
  do await painted();
  while (!isSo());
  return performance.now() - began;
}

/** A message that is sent in a frame's callback arrives after the frame was painted. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => resolve());
      port1.start();
      port2.postMessage(null);
    });
  });
}
