import { z } from "zod";
import { contentEventSchemas } from "./events/contentEvents.ts";
import { diagnosticEventSchemas } from "./events/diagnosticEvents.ts";
import { lifecycleEventSchemas } from "./events/lifecycleEvents.ts";
import { steeringEventSchemas } from "./events/steeringEvents.ts";
import type { DeepReadonly } from "./readonly.ts";
import { timestampSchema } from "./time.ts";

/** The data of every event, by event type. */
export const eventSchemas = {
  ...lifecycleEventSchemas,
  ...contentEventSchemas,
  ...steeringEventSchemas,
  ...diagnosticEventSchemas,
} as const;

export type EventType = keyof typeof eventSchemas;

/** The data that an event of the given type carries. */
export type EventData<Type extends EventType> = DeepReadonly<z.infer<(typeof eventSchemas)[Type]>>;

/** A fact before the bus gave it its place: what happened, in which session. */
export type EventDraft = {
  readonly [Type in EventType]: { readonly type: Type; readonly data: EventData<Type> };
}[EventType];

/** A past-tense fact about one session, in the host-wide order that `seq` gives. */
export type SessionEvent = {
  readonly [Type in EventType]: {
    readonly type: Type;
    readonly data: EventData<Type>;
    /** Empty for a fact of no session: one about the host itself, or one of which no session is known. It is not kept. */
    readonly sessionId: string;
    /**
     * Grows by one for each event of the host, over all sessions; never reused, not even after a restart. Below zero for
     * events read back from a transcript: those are ordered within their session, by their place in the file.
     */
    readonly seq: number;
    readonly at: string;
  };
}[EventType];

/** The event of one type. */
export type EventOf<Type extends EventType> = Extract<SessionEvent, { readonly type: Type }>;

const envelope = {
  sessionId: z.string(),
  seq: z.number().int(),
  at: timestampSchema,
};

/**
 * Every event as one schema, built by a loop over `eventSchemas`. The compiler cannot follow the loop, so the type is
 * stated: it is derived from the same table.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
export const sessionEventSchema = z.union(
  Object.entries(eventSchemas).map(([type, data]) => z.object({ type: z.literal(type), data, ...envelope })),
) as unknown as z.ZodType<SessionEvent>;
