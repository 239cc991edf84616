import type { SessionSummary } from "../../../shared/model/session.ts";
import { workDirectory } from "./workDirectory.ts";

/** The command that continues a session in a terminal, quoted for a POSIX shell. */
export function resumeCommand(session: SessionSummary): string {
  return `cd ${quote(workDirectory(session))} && claude --resume ${quote(session.sessionId)}`;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
