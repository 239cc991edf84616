import { setImmediate } from "node:timers/promises";

/** How long work over all sessions may hold the thread up for signals and children. */
const SLICE_MS = 6;

/** Makes what long work awaits between two of its steps: it lets others have the thread whenever a slice is over. */
export function breathing(): () => Promise<void> {
  let until = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < until) return;
    await setImmediate();
    until = performance.now() + SLICE_MS;
  };
}
