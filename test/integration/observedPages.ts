/** Sessions read page by page and part by part, as a client reads them. */
import { transcriptSeq } from "../../electron/engine/transcripts/replay/transcriptSeq.ts";
import type { SessionEvent } from "../../shared/model/event.ts";
import type { ObservedEngine } from "./observedEngine.ts";

type Asking = Pick<ObservedEngine, "ask">;

/** All of a session's events, in pages from its end or from its transcript's start. */
export async function pages(
  { ask }: Asking,
  sessionId: string,
  direction: "back" | "forth",
  limit: number,
): Promise<readonly SessionEvent[]> {
  if (direction === "forth") return pagesFrom({ ask }, sessionId, transcriptSeq(0) - 1, limit);
  let page = await ask("sessions.events", { sessionId, limit });
  const all = [page.items];
  while (page.hasOlder) {
    const first = all.flat()[0];
    page = await ask("sessions.events", { sessionId, before: first?.seq ?? 0, limit });
    all.unshift(page.items);
  }
  return all.flat();
}

/** All events after a place. */
export async function pagesFrom(
  { ask }: Asking,
  sessionId: string,
  after: number,
  limit: number,
): Promise<readonly SessionEvent[]> {
  const all: SessionEvent[] = [];
  for (;;) {
    const page = await ask("sessions.events", { sessionId, after: all.at(-1)?.seq ?? after, limit });
    all.push(...page.items);
    if (!page.hasNewer) return all;
  }
}

/** The whole file that a session is written out as. */
export async function exported(
  { ask }: Asking,
  sessionId: string,
  format: "markdown" | "html" | "json",
): Promise<string> {
  let part = await ask("sessions.export", { sessionId, format });
  let { text } = part;
  while (part.nextCursor !== null) {
    part = await ask("sessions.export", { sessionId, format, cursor: part.nextCursor });
    text += part.text;
  }
  return text;
}
