import { useSyncExternalStore } from "react";

/** One tick for the whole window: relative times are in minutes, so half a minute late is not seen. */
const TICK_MS = 15_000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

function tick(): void {
  now = Date.now();
  for (const listener of listeners) listener();
}

function read(): number {
  // Without a running timer the value would be as old as the last view that showed a time.
  if (timer === null) now = Date.now();
  return now;
}

/** The time in milliseconds, shared by all views and renewed every `TICK_MS`. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read);
}
