/** Records as the CLI writes them, one line each, for tests that need few. */

export function userLine(text: string, fields: object = {}): string {
  const time = { timestamp: "2026-11-20T10:00:00.000Z", cwd: "/w/app", version: "2.1.329", gitBranch: "main" };
  return `${JSON.stringify({ type: "user", message: { role: "user", content: text }, ...time, ...fields })}\n`;
}
