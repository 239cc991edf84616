import type { EventData } from "../model/event.ts";

/** Who says a notice, as its heading. */
export function noticeTitle({ speaker }: EventData<"notice.reported">): string {
  return speaker === "switchboard" ? "Switchboard says" : "Claude Code says";
}
