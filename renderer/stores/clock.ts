/** Runs a callback once after so many milliseconds, unless the returned function is called before. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** The page's own timers. */
export const pageTimers: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};
