function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}

/** Says why the host did not start, and what to do about it, to the person who started it. */
export function startFailureWords(error: unknown, port: number): string {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `Port ${port} is in use. Is Switchboard running already? Choose another port with --port, 0 for any.`;
    case "EACCES":
      return `This system does not let you use port ${port}. Choose one above 1023 with --port. (${String(error)})`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return "The address given with --bind is not one of this machine's.";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
