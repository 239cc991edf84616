/**
 * The page of the figure `render`: feeds the real stream terminal and notes when each frame begins.
 * Knows nothing about what is a good result.
 */
import { Terminal } from "@xterm/xterm";
import { createStreamTerminal, type StreamTerminal } from "../../../renderer/terminal/streamTerminal.ts";
import type { SessionEvent } from "../../../shared/model/event.ts";

export type RenderOrder = { readonly linesPerSecond: number; readonly seconds: number };

export type RenderOutcome = {
  /** Milliseconds from each frame's callback to the next, from the first line fed to the last. */
  readonly frames: readonly number[];
  /** The same while nothing is fed: what the machine makes of an idle page. */
  readonly idleFrames: readonly number[];
  readonly linesFed: number;
  /** Line ends that reached xterm. */
  readonly linesWritten: number;
  /** Lines that the write queue said it left out. */
  readonly linesSkipped: number;
  /** From the last line fed to everything on the screen. */
  readonly settleMs: number;
};

declare global {
  var renderLines: (order: RenderOrder) => Promise<RenderOutcome>;
}

/** How often a connection hands over what came: a frame of the host each, some at a time. */
const FEED_INTERVAL_MS = 16;
/** How long the idle page is watched first. */
const IDLE_MS = 3_000;
/** A terminal that has not caught up after some ten seconds has lost something. */
const MAX_SETTLE_FRAMES = 600;
/** Every so often a line has more than ASCII, as tool output and prose do. */
const WIDE_EVERY = 10;

globalThis.renderLines = async ({ linesPerSecond, seconds }) => {
  const written = countWritten();
  const terminal = createStreamTerminal({
    element: document.querySelector<HTMLElement>("#terminal") ?? document.body,
    theme: "dark",
    screenReaderMode: false,
    label: "Bench",
    onColumnsSettled: ignore,
    onFollowingChange: ignore,
    onSearchResult: ignore,
    onSelectionChange: ignore,
    onLink: ignore,
    onSearchKey: ignore,
  });
  // The first frames lay the page out and load the font, whatever is fed.
  for (let frame = 0; frame < 30; frame += 1) await nextFrame();
  const idle = watchFrames();
  await elapsed(IDLE_MS);
  const idleFrames = idle.stop();
  const watch = watchFrames();
  const total = linesPerSecond * seconds;
  await feed(total, linesPerSecond, (events) => terminal.take({ kind: "appended", events }));
  const frames = watch.stop();
  const fedAt = performance.now();
  await settle(total, written, terminal);
  return { frames, idleFrames, linesFed: total, ...written(), settleMs: performance.now() - fedAt };
};

function ignore(): void {
  // Nobody looks at this terminal.
}

/** Waits until each line was written or left out, or nothing more comes. */
async function settle(total: number, written: () => Written, terminal: StreamTerminal): Promise<void> {
  for (let frame = 0; frame < MAX_SETTLE_FRAMES; frame += 1) {
    const { linesWritten, linesSkipped } = written();
    if (linesWritten + linesSkipped >= total) break;
    await nextFrame();
  }
  await new Promise<void>((resolve) => terminal.whenIdle(resolve));
}

type Written = Pick<RenderOutcome, "linesWritten" | "linesSkipped">;

/** Every write of this module's terminals passes here on its way. */
function countWritten(): () => Written {
  let linesWritten = 0;
  let linesSkipped = 0;
  const { write } = Terminal.prototype;
  Terminal.prototype.write = function counted(data, done) {
    const text = String(data);
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) linesWritten += 1;
    const skipped = /skipped ([\d,. ]+) lines?/u.exec(text)?.[1];
    if (skipped !== undefined) linesSkipped += Number(skipped.replaceAll(/\D/gu, ""));
    write.call(this, data, done);
  };
  return () => ({ linesWritten, linesSkipped });
}

function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
}

function elapsed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function watchFrames(): { readonly stop: () => readonly number[] } {
  const frames: number[] = [];
  let last: number | null = null;
  let stopped = false;
  const note = (): void => {
    if (stopped) return;
    const at = performance.now();
    if (last !== null) frames.push(at - last);
    last = at;
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
  return {
    stop: () => {
      stopped = true;
      return frames;
    },
  };
}

/** Hands over what is due, also when a timer comes late: the host does not wait for the page. */
function feed(total: number, linesPerSecond: number, hand: (events: readonly SessionEvent[]) => void): Promise<void> {
  const began = performance.now();
  let fed = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * linesPerSecond));
      const events: SessionEvent[] = [];
      for (; fed < due; fed += 1) events.push(line(fed));
      if (events.length > 0) hand(events);
      if (fed < total) return;
      clearInterval(timer);
      resolve();
    }, FEED_INTERVAL_MS);
  });
}

function line(index: number): SessionEvent {
  const words = index % WIDE_EVERY === 0 ? "größer → 終わり ✔ 🙂" : "src/ledger/entries.ts: 1 of 3 rows";
  const text = `${String(index).padStart(6, "0")} ${words} kept, the rest goes into the next page\n`;
  const data = {
    messageId: `message-${Math.floor(index / 500)}`,
    blockIndex: 0,
    block: "text",
    text,
    parentToolUseId: null,
  } as const;
  return { type: "assistant.delta", data, sessionId: "bench", seq: index + 1, at: "2026-01-01T00:00:00.000Z" };
}
