/**
 * The page of the figure `session_list`: the real session list over a host that is made up in the page, with many
 * sessions; scrolls it and notes when each frame begins, also while events arrive.
 * Knows nothing about what is a good result.
 */
import "../../../renderer/styles/app.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { type AppStores, createAppStores } from "../../../renderer/stores/appStores.ts";
import { connectStores } from "../../../renderer/stores/connectStores.ts";
import { SessionList } from "../../../renderer/views/sessions/SessionList.tsx";
import { StoresContext } from "../../../renderer/views/useStores.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { madeUpHost, madeUpSessions } from "./madeUpHost.ts";

export type SessionListOrder = {
  readonly sessions: number;
  readonly projects: number;
  /** Pixels that are scrolled in each frame. */
  readonly pixelsPerFrame: number;
  readonly seconds: number;
  /** Sightings that arrive each second while the second half is scrolled. */
  readonly sightingsPerSecond: number;
};

export type SessionListOutcome = {
  /** Milliseconds between two frames while nothing is done. */
  readonly idleFrames: readonly number[];
  /** The same while the list is scrolled. */
  readonly scrollFrames: readonly number[];
  /** The same while the list is scrolled and sessions change. */
  readonly busyFrames: readonly number[];
  /** Rows of the list, headings included, all projects unfolded. */
  readonly rows: number;
  /** From the host's snapshot to the first rows on the screen. */
  readonly firstRowsMs: number;
};

declare global {
  var scrollSessions: (order: SessionListOrder) => Promise<SessionListOutcome>;
}

const IDLE_MS = 2_000;
const BURST_INTERVAL_MS = 50;
/** The height of a row with a session, to turn the list's height into rows. */
const ROW_PX = 42;

globalThis.scrollSessions = async (order) => {
  const sessions = madeUpSessions(order);
  const host = madeUpHost(sessions);
  const stores = createAppStores({
    request: host.request,
    connection: host.client.connection.get(),
    notify: () => {},
    keyStore: null,
    sender: "bench",
    schedule: (run) => setTimeout(run, 16),
  });
  // Every project is unfolded, so that every session is a row.
  for (const { projectPath } of sessions) stores.ui.getState().foldProject(projectPath, "whole");
  const root = document.querySelector("#root") ?? document.body;
  createRoot(root).render(createElement(StoresContext, { value: stores }, createElement(SessionList)));
  const began = performance.now();
  connectStores(stores, host.client);
  while (document.querySelector("[data-session-row]") === null) await nextFrame();
  const firstRowsMs = performance.now() - began;
  await loadEverything(stores, order.sessions);
  const scroller = document.querySelector<HTMLElement>("[data-session-list]");
  if (scroller === null) throw new Error("The page has no session list.");
  const idleFrames = await watchFrames(() => elapsed(IDLE_MS));
  const scrollFrames = await watchFrames(() => scroll(scroller, order));
  const stop = tellSightings(sessions, order.sightingsPerSecond, host.tell);
  const busyFrames = await watchFrames(() => scroll(scroller, order));
  stop();
  return { idleFrames, scrollFrames, busyFrames, rows: Math.round(scroller.scrollHeight / ROW_PX), firstRowsMs };
};

/** Pages through the whole list, so that every session is a row before the first frame counts. */
async function loadEverything(stores: AppStores, total: number): Promise<void> {
  while (stores.sessions.getState().order.size < total) await stores.sessionPages.getState().loadMore({ kind: "all" });
}

/** Scrolls down and, at the end, up again, a fixed way in each frame. */
async function scroll(scroller: HTMLElement, { pixelsPerFrame, seconds }: SessionListOrder): Promise<void> {
  const until = performance.now() + seconds * 1000;
  let step = pixelsPerFrame;
  while (performance.now() < until) {
    const before = scroller.scrollTop;
    scroller.scrollTop += step;
    await nextFrame();
    if (scroller.scrollTop === before) step = -step;
  }
}

/** Sessions that are worked on elsewhere: now this one, now that one has a new time and one turn more. */
function tellSightings(
  sessions: readonly SessionSummary[],
  perSecond: number,
  tell: (events: readonly SessionEvent[]) => void,
): () => void {
  let seq = 1;
  const timer = setInterval(() => {
    const count = Math.round((perSecond * BURST_INTERVAL_MS) / 1000);
    const events = Array.from({ length: count }, (): SessionEvent | null => {
      seq += 1;
      const session = sessions[(seq * 7919) % sessions.length];
      if (session === undefined) return null;
      const at = new Date().toISOString();
      const summary = { ...session, turnCount: session.turnCount + 1, lastActivityAt: at };
      return { type: "session.sighted", data: { summary }, sessionId: session.sessionId, seq, at };
    });
    tell(events.filter((event) => event !== null));
  }, BURST_INTERVAL_MS);
  return () => clearInterval(timer);
}

async function watchFrames(work: () => Promise<void>): Promise<readonly number[]> {
  const frames: number[] = [];
  let last: number | null = null;
  let isOver = false;
  const note = (): void => {
    if (isOver) return;
    const at = performance.now();
    if (last !== null) frames.push(at - last);
    last = at;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  await work();
  isOver = true;
  return frames;
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
