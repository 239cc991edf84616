import type { SessionEvent } from "../../../../shared/model/event.ts";

/** What an exported page says about itself. */
export interface ExportHead {
  readonly title: string;
  readonly sessionId: string;
}

/** Writes a session in one format, piece by piece; the pieces in order are the file. */
export interface ExportWriter {
  readonly mediaType: string;
  readonly extension: string;
  readonly begin: (head: ExportHead) => string;
  /**
   * Piece by piece, so that whoever writes can pause. `depth`: 0 for the session's own events, 1 for those of a sub-agent,
   * and so on. `isFirst`: none was written before.
   */
  readonly events: (events: readonly SessionEvent[], depth: number, isFirst: boolean) => Iterable<string>;
  /** A sub-agent's events come next, those of the call that was written last; `depth` is theirs. */
  readonly beginSubagent: (depth: number) => string;
  readonly endSubagent: (depth: number) => string;
  readonly end: () => string;
}
