import type { SessionSummary } from "../../../shared/model/session.ts";

/** The command that continues a session in a terminal, quoted for a POSIX shell. */
export function resumeCommand({ projectPath, sessionId }: SessionSummary): string {
  return `cd ${quote(projectPath)} && claude --resume ${quote(sessionId)}`;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
