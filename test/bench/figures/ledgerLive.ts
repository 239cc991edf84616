/**
 * `ledger_live`: how long a message's usage takes to where its cost is seen. From: the child is about to write the line
 * with the usage. To: the frame with `session.costChanged` has arrived at a WebSocket client, by which time the entry is
 * permanent; and: the new cost has been painted in the session's header by the app in a real Chromium, whose clock and
 * that of the child are both the system's. A ledger of 150,000 entries is there already.
 */
import { copyFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium, type Page } from "playwright-core";
import { ledgerPath } from "../../../electron/engine/storage/openLedger.ts";
import { findChromium } from "../../support/findChromium.ts";
import { ledgerParts } from "../corpus/ledgerParts.ts";
import { writeLedger } from "../corpus/writeLedger.ts";
import type { FigureRun } from "../figure.ts";
import { connectHost } from "../host/hostClient.ts";
import { type BenchHost, withHost } from "../host/withHost.ts";
import { millisecondsBetween, summarise } from "../measure.ts";

const LEDGER = { entries: 150_000, sessions: 2_000, projects: 50, days: 365 };
const MESSAGES = 120;
const INTERVAL_MS = 100;
/** The first ones open what is opened once. */
const WARM_UPS = 20;
/** What one of the child's messages costs, in ten thousandths of a dollar: 100 tokens in, 2,000 out. */
const MESSAGE_TEN_THOUSANDTHS = 404;
const LIMIT = { p99: 50, lost: 0 };
const PATIENCE_MS = 5_000;
const VIEWPORT = { width: 1280, height: 800 };

const spendingClaudePath = fileURLToPath(new URL("../host/spendingClaude.mjs", import.meta.url));

/** When the usage of a message was written, in nanoseconds and in milliseconds since 1970. */
interface Written {
  readonly atNs: bigint;
  readonly atMs: number;
}

export async function ledgerLive(run: FigureRun): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "switchboard-bench-live-"));
  const path = ledgerPath(folder);
  try {
    writeLedger(path, ledgerParts({ ...LEDGER, untilMs: Date.now() - 60_000 }));
    const prepare = async ({ home }: { readonly home: string }): Promise<void> => {
      await mkdir(join(home, "switchboard"));
      copyFileSync(path, ledgerPath(join(home, "switchboard")));
    };
    await withHost({ claudePath: spendingClaudePath, prepare }, (host) => toClient(run, host));
    await withHost({ claudePath: spendingClaudePath, prepare }, (host) => toScreen(run, host));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** How many messages a cost stands for. */
function messagesOf(costUsd: number): number {
  return Math.round((costUsd * 10_000) / MESSAGE_TEN_THOUSANDTHS);
}

async function toClient({ report, progress }: FigureRun, host: BenchHost): Promise<void> {
  const told = new Map<number, bigint>();
  const spending = await spend(host, (costUsd, atNs) => {
    const count = messagesOf(costUsd);
    if (!told.has(count)) told.set(count, atNs);
  });
  progress(`${String(MESSAGES)} messages, one every ${String(INTERVAL_MS)} ms`);
  const written = await spending.allWritten;
  await spending.allCharged;
  spending.end();
  const delays = written.map(({ atNs }, index) => {
    // Several that come together are told as one.
    const arrived = [...told].filter(([count]) => count > index).map(([, at]) => at);
    const first = arrived.toSorted((a, b) => Number(a - b))[0];
    return first === undefined ? null : millisecondsBetween(atNs, first);
  });
  const samples = delays.slice(WARM_UPS).filter((delay) => delay !== null);
  const lost = MESSAGES - WARM_UPS - samples.length;
  const what = "usage written by the child → its cost at a WebSocket client, kept in the ledger";
  report({ what, unit: "ms", ...summarise(samples), lost, entries: LEDGER.entries, limit: LIMIT });
}

interface Spending {
  readonly sessionId: string;
  readonly allWritten: Promise<readonly Written[]>;
  readonly allCharged: Promise<void>;
  readonly end: () => void;
}

/** Starts a session that spends, and hands over each cost that is told of it. */
async function spend(host: BenchHost, onCost: (costUsd: number, atNs: bigint) => void, pauseMs = 0): Promise<Spending> {
  const client = await connectHost(host);
  const cwd = await host.environment.projectDir("live");
  const { sessionId } = await client.request("sessions.start", { cwd });
  const written: Written[] = [];
  const [allWritten, allCharged] = [Promise.withResolvers<readonly Written[]>(), Promise.withResolvers<void>()];
  await client.watch(
    { kind: "session", sessionId },
    {
      onEvent: (event) => {
        if (event.type !== "assistant.delta") return;
        const [index, ns, ms] = event.data.text.split(" ");
        if (ns === undefined || ms === undefined) return;
        written[Number(index)] = { atNs: BigInt(ns), atMs: Number(ms) };
        if (Number(index) < MESSAGES - 1) return;
        allWritten.resolve(written);
        // What has not come by then is lost.
        setTimeout(() => allCharged.resolve(), PATIENCE_MS);
      },
    },
  );
  await client.watch(
    { kind: "host" },
    {
      onEvent: (event, atNs) => {
        if (event.type !== "session.costChanged" || event.sessionId !== sessionId) return;
        onCost(event.data.costUsd, atNs);
        if (messagesOf(event.data.costUsd) === MESSAGES) allCharged.resolve();
      },
    },
  );
  const go = (): Promise<unknown> =>
    client.request("payloads.send", {
      sessionId,
      kind: "message",
      text: `SPEND ${String(MESSAGES)} ${String(INTERVAL_MS)}`,
    });
  if (pauseMs === 0) await go();
  else setTimeout(() => void go(), pauseMs);
  return { sessionId, allWritten: allWritten.promise, allCharged: allCharged.promise, end: () => client.close() };
}

/** The page is open on the session before it begins to spend. */
const OPENING_MS = 4_000;

async function toScreen({ report, progress }: FigureRun, host: BenchHost): Promise<void> {
  const spending = await spend(host, () => undefined, OPENING_MS);
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args: [...args] });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.addInitScript(watchCosts);
    await page.goto(`${host.url}/#token=${host.token}`);
    await page.locator(`[data-session-row="${spending.sessionId}"]`).first().click();
    await page.getByRole("main", { name: "Session" }).waitFor();
    progress(`the same, painted by Chromium ${browser.version()}`);
    const written = await spending.allWritten;
    await spending.allCharged;
    const painted = await paintedCosts(page);
    const samples = written.flatMap(({ atMs }, index) => {
      const first = painted.find(({ costUsd }) => messagesOf(costUsd) > index);
      return index < WARM_UPS || first === undefined ? [] : [first.atMs - atMs];
    });
    const lost = MESSAGES - WARM_UPS - samples.length;
    const what = "usage written by the child → its cost painted in the session's header in Chromium";
    report({ what, unit: "ms", ...summarise(samples), lost, entries: LEDGER.entries, limit: LIMIT });
  } finally {
    await browser.close();
    spending.end();
  }
}

interface PaintedCost {
  readonly costUsd: number;
  readonly atMs: number;
}

declare global {
  /** In the page: each cost of the header with the moment after the frame that first showed it. */
  var paintedCosts: { readonly costUsd: number; readonly atMs: number }[] | undefined;
}

/** Runs in the page, before anything of the app. */
function watchCosts(): void {
  const painted: { readonly costUsd: number; readonly atMs: number }[] = [];
  globalThis.paintedCosts = painted;
  let last = "";
  const look = (): void => {
    const title = document.querySelector('main [title^="Cost of the session so far"]')?.getAttribute("title") ?? "";
    if (title === last) return;
    last = title;
    const costUsd = Number(title.split("$")[1]);
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      // A message that is sent in a frame's callback comes after the frame was painted.
      port1.addEventListener("message", () =>
        painted.push({ costUsd, atMs: performance.timeOrigin + performance.now() }),
      );
      port1.start();
      port2.postMessage(null);
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}

async function paintedCosts(page: Page): Promise<readonly PaintedCost[]> {
  // The last one may not have been painted when the client heard of it.
  await page.waitForFunction(
    (cost) => globalThis.paintedCosts?.some(({ costUsd }) => costUsd >= cost),
    ((MESSAGES - 0.5) * MESSAGE_TEN_THOUSANDTHS) / 10_000,
  );
  return page.evaluate(() => globalThis.paintedCosts ?? []);
}
