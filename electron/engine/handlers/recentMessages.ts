/** Messages of both directions in the shape of one list. Pure. */
import type { CostEntry } from "../../../shared/model/cost.ts";
import type { Payload } from "../../../shared/model/payload.ts";
import type { RecentMessage } from "../../../shared/model/recentMessage.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";

/** Of what was sent: a payload may be a mebibyte, and is had whole by its id. */
const MAX_TEXT_CHARACTERS = 2_000;

/** A message and the place in its own list that is gone on after. */
export interface PlacedMessage {
  readonly message: RecentMessage;
  readonly place: number;
}

/** A message from a session. */
export function answeredMessage(entry: CostEntry): RecentMessage {
  const { messageId, sessionId, sessionTitle, sessionLabel, projectPath, at, turnId, costUsd, tokens } = entry;
  const { model, isSubagent, tools, seq, remarks } = entry;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  return {
    direction: "from_session",
    ...{ messageId, sessionId, sessionTitle, sessionLabel, projectPath, at, turnId, costUsd },
    status: remarks.includes("provisional") ? "provisional" : "complete",
    contextTokens: input === null ? null : input + (cacheRead ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0),
    sent: null,
    answered: { model, tokens, isSubagent, tools, seq },
  };
}

/** A message to a session, with what the turn cost that it caused. */
export function sentMessage(
  payload: Payload,
  session: SessionSummary | undefined,
  costUsd: number | null,
): RecentMessage {
  const { payloadId, sessionId, kind, sender, text, metadata, receipt, receipts, composedAt } = payload;
  return {
    direction: "to_session",
    messageId: payloadId,
    sessionId,
    sessionTitle: session?.title ?? null,
    sessionLabel: session?.label ?? null,
    projectPath: session?.projectPath ?? null,
    // Its sender may have composed it at any time.
    at: receipts[0]?.at ?? composedAt,
    status: receipt,
    turnId: payloadId,
    contextTokens: null,
    costUsd,
    sent: {
      ...{ kind, sender, metadata },
      text: text.slice(0, MAX_TEXT_CHARACTERS).toWellFormed(),
      omittedChars: Math.max(0, text.length - MAX_TEXT_CHARACTERS),
    },
    answered: null,
  };
}

/** So many of two lists that are in order, the newest first, and how many of each. What has no time is the oldest. */
export function newestOf(limit: number, answered: readonly PlacedMessage[], sent: readonly PlacedMessage[]) {
  const items: RecentMessage[] = [];
  let answeredCount = 0;
  while (items.length < limit) {
    const [from, to] = [answered[answeredCount], sent[items.length - answeredCount]];
    const next = from === undefined || (to !== undefined && msOf(to) >= msOf(from)) ? to : from;
    if (next === undefined) break;
    if (next === from) answeredCount += 1;
    items.push(next.message);
  }
  return { items, answeredCount, sentCount: items.length - answeredCount };
}

function msOf({ message: { at } }: PlacedMessage): number {
  return at === null ? Number.NEGATIVE_INFINITY : Date.parse(at);
}
