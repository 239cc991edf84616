import type { ActivityKind } from "../../../shared/model/activity.ts";
import type { SearchRole } from "../../../shared/model/search.ts";
import type { SearchState } from "../../../shared/model/host.ts";
import type { SearchPeriod } from "../../stores/searchFilters.ts";

export const periodWords: Readonly<Record<SearchPeriod, string>> = {
  any: "Any time",
  day: "Last 24 hours",
  week: "Last 7 days",
  month: "Last 30 days",
  between: "Between days…",
};

export const roleWords: Readonly<Record<SearchRole, string>> = {
  user: "Said by a person",
  assistant: "Said by Claude",
  subagent: "Said in a sub-agent",
};

/** Who said a hit, in a word. */
export const speakerWords: Readonly<Record<SearchRole, string>> = {
  user: "Person",
  assistant: "Claude",
  subagent: "Sub-agent",
};

/** The states that a session can be searched by, those first that wait for somebody. */
export const stateFilterWords: Readonly<Partial<Record<ActivityKind, string>>> = {
  awaiting_permission: "Needs permission",
  awaiting_answer: "Asks a question",
  plan_ready: "Plan ready",
  working: "Working",
  tool_pending: "Running a tool",
  idle: "Idle",
  ended: "Ended",
  failed: "Failed",
};

/** Tools that are offered while one is typed (names as the CLI 2.1.329 gives them). */
export const usualTools: readonly string[] = [
  ...["Bash", "Read", "Write", "Edit", "MultiEdit", "Glob", "Grep", "Task", "Agent"],
  ...["WebFetch", "WebSearch", "TodoWrite", "AskUserQuestion", "ExitPlanMode", "NotebookEdit"],
];

/** How far the search index is, in words; null once it is whole. */
export function buildingWords(search: SearchState): string | null {
  if (search.state !== "building") return null;
  const { bytesDone, bytesTotal, secondsLeft } = search;
  const share = bytesTotal === 0 ? "" : `, ${Math.floor((100 * bytesDone) / bytesTotal)} % done`;
  const left = secondsLeft === null ? "" : `, about ${waitWords(secondsLeft)} left`;
  return `The search index is being built${share}${left}. Until then older sessions may be missing.`;
}

function waitWords(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
