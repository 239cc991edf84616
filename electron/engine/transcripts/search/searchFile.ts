import type { FileStat } from "../findTranscripts.ts";

/** A transcript whose conversation is searched: a session's own file, a part of it, or a sub-agent's. */
export interface SearchFile extends FileStat {
  readonly path: string;
  readonly sessionId: string;
  readonly isSubagent: boolean;
}
