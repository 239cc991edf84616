import type { RequestParams } from "../../../shared/contract/requests.ts";
import type { Costs } from "../costs/openCosts.ts";
import type { RequestHandlers } from "../engine.ts";
import type { PayloadRows } from "../storage/payloadRows.ts";
import { type KnownHere, knownEntry } from "./knownEntry.ts";
import { cursorNumber } from "./page.ts";
import { answeredMessage, newestOf, type PlacedMessage, sentMessage } from "./recentMessages.ts";

/** What the request about recent messages works on. */
export interface MessageParts extends KnownHere {
  readonly costs: Pick<Costs, "ask">;
  readonly payloadRows: Pick<PayloadRows, "recent">;
}

export function messageHandlers(parts: MessageParts): Pick<RequestHandlers, "messages.recent"> {
  return {
    "messages.recent": async (ask) => {
      const after = placesIn(ask.cursor);
      const [answered, sent] = await Promise.all([
        ask.direction === "to_session" ? NOTHING : answersOf(parts, ask, after.answered),
        ask.direction === "from_session" ? NOTHING : sentTo(parts, ask, after.sent),
      ]);
      const { items, answeredCount, sentCount } = newestOf(ask.limit, answered.page, sent.page);
      const isLast = isUsedUp(answered, answeredCount) && isUsedUp(sent, sentCount);
      const next = [
        answered.page[answeredCount - 1]?.place ?? after.answered,
        sent.page[sentCount - 1]?.place ?? after.sent,
      ];
      return { items, nextCursor: isLast ? null : next.map((place) => place ?? NOWHERE).join(BETWEEN) };
    },
  };
}

type Ask = RequestParams<"messages.recent">;

interface Found {
  /** The newest first. */
  readonly page: readonly PlacedMessage[];
  readonly hasMore: boolean;
}

const NOTHING: Found = { page: [], hasMore: false };

function isUsedUp({ page, hasMore }: Found, count: number): boolean {
  return !hasMore && count === page.length;
}

/** From sessions: the ledger has the messages of all, whoever runs them. */
async function answersOf(parts: MessageParts, { sessionId, limit }: Ask, after: number | null): Promise<Found> {
  const cursor = after === null ? undefined : String(after);
  const { items, nextCursor } = await parts.costs.ask("entries", { sessionId, limit, cursor, order: "newest" });
  const page = items.map((entry) => ({
    message: answeredMessage(knownEntry(parts, entry)),
    place: Number(entry.entryId),
  }));
  return { page, hasMore: nextCursor !== null };
}

/** To sessions: what was sent from here. */
async function sentTo(parts: MessageParts, { sessionId, limit }: Ask, after: number | null): Promise<Found> {
  const found = parts.payloadRows.recent(sessionId ?? null, limit, after ?? undefined);
  const placed = found.slice(0, limit);
  const turnIds = placed.map(({ payload }) => payload.payloadId);
  const costs = turnIds.length === 0 ? [] : await parts.costs.ask("turnCosts", { turnIds });
  const page = placed.map(({ payload, position }, index) => ({
    message: sentMessage(payload, parts.session(payload.sessionId), costs[index] ?? null),
    place: position,
  }));
  return { page, hasMore: found.length > limit };
}

/** A cursor names two places, as each direction is gone on in by itself. */
const BETWEEN = ".";
const NOWHERE = "-";

/** @throws RequestError `bad_request` for a cursor that no page gave out. */
function placesIn(cursor = NOWHERE + BETWEEN + NOWHERE) {
  const [answered = "", ...sent] = cursor.split(BETWEEN);
  const placeIn = (text: string): number | null => (text === NOWHERE ? null : cursorNumber(text));
  return { answered: placeIn(answered), sent: placeIn(sent.join(BETWEEN)) };
}
