/** The system's or SQLite's code of an error (`ENOENT`, `SQLITE_FULL`, …), or its words when it has none. */
export function systemCode(error: unknown): string {
  if (error instanceof Error) return "code" in error && typeof error.code === "string" ? error.code : error.message;
  return String(error);
}
