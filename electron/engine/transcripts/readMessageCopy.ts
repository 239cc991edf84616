import type { MessageCopy } from "./messageCopy.ts";
import type { RecordReader } from "./recordReader.ts";
import { requestingSession } from "./requestingSession.ts";

/** Where a record stands. */
export interface RecordPlace {
  readonly path: string;
  readonly offset: number;
  /** The session that the file belongs to. */
  readonly sessionId: string;
  readonly isSubagentFile: boolean;
  /** The turn that the records before it began; null in sub-agents' files, and before the first. */
  readonly turnId: string | null;
  readonly gitBranch: string | null;
}

/** The API message of an assistant record, or null when it stands for none: the CLI's own words, or an error. */
export function readMessageCopy(record: RecordReader, place: RecordPlace): MessageCopy | null {
  if (record.type !== "assistant" || record.flag("isApiErrorMessage")) return null;
  // The API's id says that there was a request, also where nothing says what it used.
  if (!record.has("usage") && !record.has("messageId")) return null;
  const answered = record.text("model");
  if (answered === "<synthetic>") return null;
  const messageId = record.text("messageId") ?? record.text("uuid");
  if (messageId === null) return null;
  const madeBy = requestingSession(record);
  const isForkCopy = madeBy !== null && madeBy !== place.sessionId;
  return {
    messageId,
    requestId: record.text("requestId"),
    isSidechain: record.flag("isSidechain") || place.isSubagentFile,
    sessionId: isForkCopy ? madeBy : place.sessionId,
    isForkCopy,
    model: chargedModel(record.text("requestedModel"), answered),
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
    origin: "transcript",
    turnId: place.turnId,
    isTurnTold: false,
    gitBranch: place.gitBranch,
    isProvisional: record.flag("isAbortedMidStream"),
    tools: record.tools,
  };
}

const CONTEXT_WINDOW = /\[\w+\]$/u;

/**
 * The model that was asked for, when another one answered: it is charged (measured on 2.1.329). An answer that only names
 * the version of it more exactly is the better name.
 */
function chargedModel(requested: string | null, answered: string | null): string | null {
  if (requested === null || answered === null || requested === answered) return answered ?? requested;
  const plain = requested.replace(CONTEXT_WINDOW, "");
  return answered.startsWith(plain) ? answered : plain;
}

/**
 * What the flat count has beyond the split is five-minute cache, and so is all of it without a split: then nobody told of
 * an hour's. The split is also right where the flat count is 0 (measured on 2.1.329).
 */
function cacheWrites(record: RecordReader): Pick<MessageCopy, "cacheWrite5m" | "cacheWrite1h"> {
  const flat = record.number("cacheWrite");
  const split5m = record.number("cacheWrite5m");
  const split1h = record.number("cacheWrite1h");
  const broken = brokenCount(flat) ?? brokenCount(split5m) ?? brokenCount(split1h);
  // The larger of two would hide it; handed on, it is judged as every other count is.
  if (broken !== null) return { cacheWrite5m: broken, cacheWrite1h: split1h };
  if (split5m === null && split1h === null) return { cacheWrite5m: flat, cacheWrite1h: null };
  return { cacheWrite5m: Math.max(split5m ?? 0, (flat ?? 0) - (split1h ?? 0)), cacheWrite1h: split1h ?? 0 };
}

/** The value when it is no count; null when it is one, or missing. */
function brokenCount(value: number | null): number | null {
  return value === null || (Number.isSafeInteger(value) && value >= 0) ? null : value;
}
