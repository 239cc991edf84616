/**
 * Where the system limits the size of files, writing past the limit is an error like any other for a database; but it
 * also sends a signal. Node ignores that by itself, until a library that ends children with the process listens to it,
 * and ends the process.
 */
export function surviveFileLimit(): void {
  if (process.platform === "win32" || process.listeners(SIGNAL).includes(goOn)) return;
  process.on(SIGNAL, goOn);
}

const SIGNAL = "SIGXFSZ";

function goOn(): void {
  // The write that failed is told to whoever wrote.
}
