import type { UnrecognisedMessage, UnrecognisedReason } from "./claudeMessage.ts";

/** What is kept of a line that nobody could read: enough to see what it was, little enough to store and show. */
export const MAX_RAW_CHARS = 20_000;

interface UnrecognisedLine {
  readonly reason: UnrecognisedReason;
  readonly messageType: string | null;
  readonly line: string;
  /** What was lost before `line` got here, as for a line over the splitter's limit. */
  readonly alreadyOmitted?: number;
}

export function unrecognised({ reason, messageType, line, alreadyOmitted = 0 }: UnrecognisedLine): UnrecognisedMessage {
  const raw = line.length > MAX_RAW_CHARS ? line.slice(0, MAX_RAW_CHARS) : line;
  const omittedChars = line.length - raw.length + alreadyOmitted;
  return { kind: "unrecognised", reason, messageType, raw, omittedChars };
}
