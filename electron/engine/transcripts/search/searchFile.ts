import type { FileStat } from "../findTranscripts.ts";

/** A transcript whose conversation is searched: a session's own file, or a part of it. */
export interface SearchFile extends FileStat {
  readonly path: string;
  readonly sessionId: string;
}
