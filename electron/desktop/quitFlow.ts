/**
 * The way out of the app. Owns the question "close the sessions too?" and the order: ask, end every child, go.
 * Invariant: the app never exits before the engine is disposed of, and asks at most one question at a time.
 */
import { app, type BrowserWindow, dialog } from "electron";
import { oneLine } from "./permissionWords.ts";
import type { RunningSessions } from "./runningSessions.ts";

export interface QuitFlowOptions {
  readonly running: () => RunningSessions;
  /** The window to ask in, or null when it is gone. */
  readonly window: () => BrowserWindow | null;
  /** Ends all owned children; resolves when nothing is left running. */
  readonly dispose: () => Promise<void>;
  readonly onDisposeFailed: (error: unknown) => void;
}

export interface QuitFlow {
  /** True once the app is on its way out: windows may close now. */
  readonly isLeaving: () => boolean;
  /** For signals and the system's shutdown: nobody is there to answer. */
  readonly quitWithoutAsking: () => void;
}

export function createQuitFlow(options: QuitFlowOptions): QuitFlow {
  let state: "staying" | "asking" | "leaving" = "staying";

  async function leave(): Promise<void> {
    if (state === "leaving") return;
    state = "leaving";
    let exitCode = 0;
    try {
      await options.dispose();
    } catch (error) {
      options.onDisposeFailed(error);
      exitCode = 1;
    }
    app.exit(exitCode);
  }

  async function ask(): Promise<void> {
    const running = options.running();
    if (running.size === 0) return await leave();
    state = "asking";
    const mayLeave = await confirmClosing(running, options.window()).catch(() => false);
    if (state !== "asking") return;
    state = "staying";
    if (mayLeave) await leave();
  }

  app.on("before-quit", (event) => {
    event.preventDefault();
    if (state === "staying") void ask();
  });

  return {
    isLeaving: () => state === "leaving",
    quitWithoutAsking: () => void leave(),
  };
}

/** Titles listed in the question; the rest is counted. */
const MAX_LISTED_TITLES = 5;

async function confirmClosing(running: RunningSessions, window: BrowserWindow | null): Promise<boolean> {
  const titles = [...running.values()].map((session) => `• ${oneLine(session.title)}`);
  const more = titles.length - MAX_LISTED_TITLES;
  const question = {
    type: "question" as const,
    message: titles.length === 1 ? "1 session is running." : `${titles.length} sessions are running.`,
    detail: [
      ...titles.slice(0, MAX_LISTED_TITLES),
      ...(more > 0 ? [`and ${more} more`] : []),
      "",
      "Quitting closes them. Their history is kept, and you can resume them.",
    ].join("\n"),
    buttons: ["Close sessions and quit", "Cancel"],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
  const isShown = window !== null && !window.isDestroyed() && window.isVisible();
  const { response } = await (isShown ? dialog.showMessageBox(window, question) : dialog.showMessageBox(question));
  return response === 0;
}
