import type { SessionEvent } from "../../shared/model/event.ts";

let newest: SessionEvent | null = null;
let newestJson = "";

/**
 * An event as JSON. The bus tells one event to all subscriptions before the next, so the newest text is kept: it is made
 * once and held once, however many clients watch.
 */
export function encodeEvent(event: SessionEvent): string {
  if (event !== newest) {
    newestJson = JSON.stringify(event);
    newest = event;
  }
  return newestJson;
}
