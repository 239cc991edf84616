import type { ErrorCode } from "../../../shared/contract/errors.ts";
import type { ProcessOwner, ProcessRow } from "../../../shared/model/process.ts";
import type { StopResult } from "../../stores/processesStore.ts";
import type { Notice } from "../../stores/request.ts";

/** Whose process it is, in a word and in a sentence. */
export const ownerWords: Readonly<Record<ProcessOwner, { readonly label: string; readonly title: string }>> = {
  owned: { label: "owned", title: "Started by Switchboard" },
  observed: { label: "observed", title: "Started in another terminal or editor" },
  orphan: { label: "left over", title: "Started by an earlier run of Switchboard, which is gone" },
};

/** What a person is asked before a process is stopped. */
export interface StopWords {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
}

/** The question, by whose process it is. */
export function stopWords({ owner, sessionId }: ProcessRow): StopWords {
  switch (owner) {
    case "owned":
      return {
        title: "Close this session?",
        text: "Its claude process ends and what runs is cut short. The session can be resumed later.",
        confirm: "Close session",
      };
    case "orphan":
      return {
        title: "Stop this left-over process?",
        text: "It is left over from an earlier run of Switchboard. Nobody reads what it writes, so nothing is lost but what it is at right now.",
        confirm: "Stop process",
      };
    case "observed":
      return {
        title: "Stop a process of somebody else's terminal?",
        text: `It was not started here: it runs in another terminal or editor, perhaps in use right now. What it is at is cut short, and its terminal gets its prompt back.${sessionId === null ? "" : " The session itself is kept and can be resumed."}`,
        confirm: "Stop it all the same",
      };
  }
}

/** Why a process cannot be stopped from here; null when it can. */
export function stopRefusal({ owner, sessionId, startIdentity }: ProcessRow): string | null {
  if (owner === "owned" && sessionId !== null) return null;
  return startIdentity === null
    ? "Its start time is not known, so it cannot be told from a later process with the same number"
    : null;
}

const failureTitles: Partial<Readonly<Record<ErrorCode, string>>> = {
  process_changed: "This is another process by now",
  process_still_running: "The process did not end",
  forbidden: "This process may not be stopped from here",
};

/** What happened, to be told once. */
export function stopNotice({ pid }: ProcessRow, result: StopResult): Notice {
  if (!result.ok) {
    const { code, message } = result.failure;
    return { tone: "failure", title: failureTitles[code] ?? "The process was not stopped", text: message };
  }
  return result.outcome === "ended"
    ? { tone: "success", title: `Process ${pid} has ended`, text: null }
    : { tone: "info", title: `Process ${pid} had ended before`, text: null };
}

/** A command line without the directory of its program, which takes most of a line. A program in quotes stays as it is. */
export function shortCommand(command: string): string {
  return command.replace(/^[^\s"']*[\\/](?=[^\s"'\\/])/u, "");
}

/** Percent of one core, e.g. `3.2%`; a dash where nobody knows. */
export function formatCpu(percent: number | null): string {
  return percent === null ? "–" : `${percent.toFixed(percent < 10 ? 1 : 0)}%`;
}
