/** When budgets begin anew, in the words of the reader's time zone. Pure but for that zone. */

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const dayFormat = new Intl.DateTimeFormat("en-GB", { weekday: "long" });
const dateFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const datedFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

/**
 * A moment to come as it follows “until”: `midnight`, `Monday`, `1 December`, with the time where it is not midnight.
 * `nowMs` decides what is near.
 */
export function momentWords(iso: string, nowMs: number): string {
  const at = new Date(iso);
  const isMidnight = at.getHours() === 0 && at.getMinutes() === 0;
  if (isMidnight && at.getTime() === nextMidnight(nowMs)) return "midnight";
  const day = dayWords(at, nowMs);
  if (isMidnight) return day ?? "today";
  const time = timeFormat.format(at);
  return day === null ? time : `${day}, ${time}`;
}

function nextMidnight(nowMs: number): number {
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime();
}

/** Null for the present day. */
function dayWords(at: Date, nowMs: number): string | null {
  const now = new Date(nowMs);
  if (at.toDateString() === now.toDateString()) return null;
  const ahead = at.getTime() - nowMs;
  if (ahead > 0 && ahead <= WEEK_MS) return dayFormat.format(at);
  return (at.getFullYear() === now.getFullYear() ? dateFormat : datedFormat).format(at);
}

/** `until midnight`; of a budget that never begins anew, until somebody does something. */
export function untilWords(to: string | null, nowMs: number): string {
  return to === null ? "until the budget is raised or somebody lets work go on" : `until ${momentWords(to, nowMs)}`;
}

/** `Begins anew at midnight`, `Begins anew on Monday`, `Never begins anew`. */
export function anewWords(to: string | null, nowMs: number): string {
  if (to === null) return "Never begins anew";
  const moment = momentWords(to, nowMs);
  const isToday = moment === "midnight" || /^\d\d:\d\d$/u.test(moment);
  return `Begins anew ${isToday ? "at" : "on"} ${moment}`;
}
