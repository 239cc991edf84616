/** What people and pages ask about costs, each a little different every time: bounds move, filters change. */
import type { CostThread } from "../../../electron/engine/ledger/costThread.ts";

export interface LedgerQuestion {
  readonly name: string;
  readonly ofThread: (thread: CostThread, index: number) => Promise<unknown>;
  /** The same as a path below `/api/v1`. */
  readonly ofDoor: (index: number) => string;
}

const TIME_ZONE = "Europe/Berlin";
const DAY_MS = 86_400_000;
const GROUPS = ["day", "model", "project", "session"] as const;
const TOPS = ["sessions", "projects", "models", "turns"] as const;
/** What the Costs page asks for. */
const TOP_ROWS = 12;
const WINDOWS = 20;
const REPORT_ROWS = 500;
const PAGE_ENTRIES = 50;

/** Some sixty days, beginning at another minute each time. */
function sixtyDays(index: number): { readonly from: string; readonly to: string } {
  const to = Date.now() - index * 60_000;
  return { from: new Date(to - 60 * DAY_MS).toISOString(), to: new Date(to).toISOString() };
}

/** All, but for some minutes at the beginning, others each time. */
function whole(index: number): { readonly from: string } {
  return { from: new Date(Date.now() - 366 * DAY_MS + index * 60_000).toISOString() };
}

function query(values: Readonly<Record<string, string | number>>): string {
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
}

export function ledgerQuestions(sessionIds: readonly string[]): readonly LedgerQuestion[] {
  const sessionOf = (index: number): string => sessionIds[(index * 37) % sessionIds.length] ?? "";
  const projectOf = (index: number): string => `/home/user/project-${String(index % 50)}`;
  const nowMs = (index: number): number => Date.now() - index * 1_000;
  return [
    {
      name: "summary",
      ofThread: (thread, index) => thread.ask("summary", { timeZone: TIME_ZONE, nowMs: nowMs(index) }),
      ofDoor: () => `/costs/summary?${query({ timeZone: TIME_ZONE })}`,
    },
    {
      name: "summary of a project",
      ofThread: (thread, index) =>
        thread.ask("summary", { timeZone: TIME_ZONE, nowMs: nowMs(index), project: projectOf(index) }),
      ofDoor: (index) => `/costs/summary?${query({ timeZone: TIME_ZONE, project: projectOf(index) })}`,
    },
    ...GROUPS.flatMap((groupBy) => [
      reportQuestion(`by ${groupBy} over a year`, (index) => ({ groupBy, limit: REPORT_ROWS, ...whole(index) })),
      reportQuestion(`by ${groupBy} over 60 days`, (index) => ({ groupBy, limit: REPORT_ROWS, ...sixtyDays(index) })),
    ]),
    reportQuestion("by day and model over a year", (index) => ({
      ...{ groupBy: "day", splitBy: "model", limit: REPORT_ROWS },
      ...whole(index),
    })),
    reportQuestion("by day and session over 60 days", (index) => ({
      ...{ groupBy: "day", splitBy: "session", limit: REPORT_ROWS },
      ...sixtyDays(index),
    })),
    reportQuestion("by hour over 60 days", (index) => ({ groupBy: "hour", limit: REPORT_ROWS, ...sixtyDays(index) })),
    reportQuestion("by day of a project over a year", (index) => ({
      ...{ groupBy: "day", limit: REPORT_ROWS, project: projectOf(index) },
      ...whole(index),
    })),
    {
      name: "windows",
      ofThread: (thread, index) => thread.ask("windows", { ...sixtyDays(index), limit: WINDOWS, nowMs: Date.now() }),
      ofDoor: (index) => `/costs/windows?${query({ ...sixtyDays(index), limit: WINDOWS })}`,
    },
    ...TOPS.map((what): LedgerQuestion => ({
      name: `dearest ${what} over a year`,
      ofThread: (thread, index) => thread.ask("top", { what, limit: TOP_ROWS, ...whole(index) }),
      ofDoor: (index) => `/costs/top?${query({ what, limit: TOP_ROWS, ...whole(index) })}`,
    })),
    {
      name: "a session, turn by turn",
      ofThread: (thread, index) => thread.ask("session", { sessionId: sessionOf(index) }),
      ofDoor: (index) => `/sessions/${sessionOf(index)}/costs`,
    },
    ...(["newest", "dearest"] as const).map((order): LedgerQuestion => ({
      name: `${order} entries of a project, first page`,
      ofThread: (thread, index) => thread.ask("entries", { order, limit: PAGE_ENTRIES, project: projectOf(index) }),
      ofDoor: (index) => `/costs/entries?${query({ order, limit: PAGE_ENTRIES, project: projectOf(index) })}`,
    })),
  ];
}

type ReportAsk = {
  readonly groupBy: "hour" | "day" | "model" | "project" | "session";
  readonly splitBy?: "model" | "session";
  readonly limit: number;
  readonly from: string;
  readonly to?: string;
  readonly project?: string;
};

function reportQuestion(name: string, askOf: (index: number) => ReportAsk): LedgerQuestion {
  return {
    name: `sums ${name}`,
    ofThread: (thread, index) => thread.ask("report", { ...askOf(index), timeZone: TIME_ZONE }),
    ofDoor: (index) => `/costs?${query({ ...askOf(index), timeZone: TIME_ZONE })}`,
  };
}
