/**
 * `session_list`: 10,000 sessions. How long the host takes for pages of the list, from the request of a client over its
 * WebSocket to the reply parsed. And the app's own list, scrolled in a real Chromium, once at rest and once while other
 * sessions change: a sample is the time between two animation frames of the page, as its own clock has it. `idle*` is
 * the same page with nothing to draw: frames that are late there are the machine's.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { corpusMessage, messageRecords, userRecord } from "../corpus/corpusRecords.ts";
import { Random } from "../corpus/random.ts";
import type { FigureRun } from "../figure.ts";
import { connectHost, type HostClient } from "../host/hostClient.ts";
import { fakeClaudePath } from "../host/probeLog.ts";
import { untilIndexed } from "../host/untilIndexed.ts";
import { withHost } from "../host/withHost.ts";
import { withPage } from "../host/withPage.ts";
import { millisecondsBetween, now, rounded, summarise } from "../measure.ts";
import type { SessionListOrder } from "../page/sessionListPage.ts";

const ORDER: SessionListOrder = {
  sessions: 10_000,
  projects: 60,
  pixelsPerFrame: 120,
  seconds: 8,
  sightingsPerSecond: 200,
};
const FRAME_LIMIT = { p95: 20 };

/** What the app asks for at a time. */
const PAGE_SESSIONS = 100;
const PAGES = 50;
const LOOK_MS = 20;
const BEGIN_MS = Date.UTC(2026, 8, 1);

export async function sessionList(run: FigureRun): Promise<void> {
  await measureHost(run);
  await measurePage(run);
}

async function measureHost({ report, progress }: FigureRun): Promise<void> {
  const prepare = ({ configDir }: { readonly configDir: string }): void => writeSessions(configDir);
  await withHost({ claudePath: fakeClaudePath, prepare }, async (host) => {
    const client = await connectHost(host);
    await untilIndexed(client);
    const beganNs = now();
    await untilListed(client);
    progress(`the host lists all sessions ${rounded(millisecondsBetween(beganNs, now()))} ms after it is ready`);
    const first: number[] = [];
    const later: number[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < PAGES; page += 1) {
      const { tookMs, nextCursor } = await ask(client, null);
      first.push(tookMs);
      const next = await ask(client, cursor ?? nextCursor);
      later.push(next.tookMs);
      cursor = next.nextCursor;
    }
    const shared = { unit: "ms", sessions: ORDER.sessions, pageSessions: PAGE_SESSIONS };
    const limit = { max: 50 };
    report({ what: "first page of 10,000 sessions at a client", ...shared, ...summarise(first), limit });
    report({ what: "later pages of 10,000 sessions at a client", ...shared, ...summarise(later), limit: {} });
    client.close();
  });
}

/** The host lists what it read page by page, and is asked for the last session until it has it. */
async function untilListed(client: HostClient): Promise<void> {
  const last = { limit: 1, cursor: String(ORDER.sessions - 1) };
  while ((await client.request("sessions.list", last)).items.length === 0) await wait(LOOK_MS);
}

async function ask(
  client: HostClient,
  cursor: string | null,
): Promise<{ readonly tookMs: number; readonly nextCursor: string | null }> {
  const beganNs = now();
  const { items, nextCursor } = await client.request("sessions.list", {
    limit: PAGE_SESSIONS,
    ...(cursor === null ? {} : { cursor }),
  });
  const tookMs = millisecondsBetween(beganNs, now());
  if (items.length !== PAGE_SESSIONS) throw new Error(`A page has ${items.length} sessions.`);
  return { tookMs, nextCursor };
}

/** Small sessions: what is listed of one does not depend on how long it is. */
function writeSessions(configDir: string): void {
  const random = new Random(3);
  for (let index = 0; index < ORDER.sessions; index += 1) {
    const project = `project-${index % ORDER.projects}`;
    const folder = join(configDir, "projects", `-home-user-${project}`);
    mkdirSync(folder, { recursive: true });
    const base = { sessionId: random.uuid(), cwd: `/home/user/${project}`, agentId: null };
    const atMs = BEGIN_MS + index * 60_000;
    const lines = [
      userRecord(random, base, atMs, random.words(12), { promptSource: "typed" }),
      ...messageRecords(random, base, corpusMessage(random, index, atMs), base.sessionId),
    ];
    writeFileSync(join(folder, `${base.sessionId}.jsonl`), `${lines.join("\n")}\n`);
  }
}

async function measurePage({ report, progress }: FigureRun): Promise<void> {
  const plugins = [react(), tailwindcss()];
  const outcome = await withPage({ html: "sessionList.html", plugins, progress }, async (page) => {
    await page.waitForFunction(() => typeof globalThis.scrollSessions === "function");
    return page.evaluate((order) => globalThis.scrollSessions(order), ORDER);
  });
  const { idleFrames, scrollFrames, busyFrames, rows, firstRowsMs } = outcome;
  const { p95: idleP95, max: idleMax } = summarise(idleFrames);
  const shared = { unit: "ms", ...ORDER, rows, idleP95, idleMax, limit: FRAME_LIMIT };
  report({
    what: "time between two frames while a list of 10,000 sessions is scrolled in Chromium",
    ...summarise(scrollFrames),
    ...shared,
    firstRowsMs: rounded(firstRowsMs),
  });
  report({ what: "the same while other sessions change", ...summarise(busyFrames), ...shared });
}
