import type { MessageCopy } from "./messageCopy.ts";
import type { RecordReader } from "./recordReader.ts";

/** Where a record stands. */
export interface RecordPlace {
  readonly path: string;
  readonly offset: number;
  /** The session that the file belongs to. */
  readonly sessionId: string;
  readonly isSubagentFile: boolean;
}

/** The API message of an assistant record, or null when it stands for none: the CLI's own words, or an error. */
export function readMessageCopy(record: RecordReader, place: RecordPlace): MessageCopy | null {
  if (record.type !== "assistant" || !record.has("usage") || record.flag("isApiErrorMessage")) return null;
  const model = record.text("model");
  if (model === "<synthetic>") return null;
  const messageId = record.text("messageId") ?? record.text("uuid");
  if (messageId === null) return null;
  const requestSession = record.text("requestSessionId");
  const isForkCopy = requestSession !== null && requestSession !== place.sessionId;
  return {
    messageId,
    requestId: record.text("requestId"),
    isSidechain: record.flag("isSidechain") || place.isSubagentFile,
    sessionId: isForkCopy ? requestSession : place.sessionId,
    isForkCopy,
    model,
    atMs: record.time(),
    input: record.number("input"),
    output: record.number("output"),
    cacheRead: record.number("cacheRead"),
    ...cacheWrites(record),
    webSearches: record.number("webSearches"),
    speed: record.text("speed"),
    serviceTier: record.text("serviceTier"),
    inferenceGeo: record.text("inferenceGeo"),
    path: place.path,
    offset: place.offset,
  };
}

/** The split is preferred: until 2.1.152 the flat count was 0 for some calls. Without a split all is 5-minute cache. */
function cacheWrites(record: RecordReader): Pick<MessageCopy, "cacheWrite5m" | "cacheWrite1h"> {
  const flat = record.number("cacheWrite");
  const cacheWrite5m = record.number("cacheWrite5m");
  const cacheWrite1h = record.number("cacheWrite1h");
  const split = (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  if (split === 0 && flat !== null && flat > 0) return { cacheWrite5m: flat, cacheWrite1h: 0 };
  if (cacheWrite5m === null && cacheWrite1h === null)
    return { cacheWrite5m: flat, cacheWrite1h: flat === null ? null : 0 };
  return { cacheWrite5m: cacheWrite5m ?? 0, cacheWrite1h: cacheWrite1h ?? 0 };
}
