const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/** Ends the process in order, once. */
export type Stop = (exitCode: number) => void;

/**
 * Makes a signal end the process in order: `dispose` first, then the exit. A second signal does not wait for it.
 * @returns a function that does the same without a signal.
 */
export function stopOnSignals(dispose: () => Promise<void>, onDisposeFailed: (error: unknown) => void): Stop {
  let isStopping = false;

  function stop(exitCode: number): void {
    if (isStopping) return;
    isStopping = true;
    dispose().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        onDisposeFailed(error);
        process.exit(1);
      },
    );
  }

  for (const signal of SIGNALS) {
    process.on(signal, () => (isStopping ? process.exit(1) : stop(0)));
  }
  return stop;
}
