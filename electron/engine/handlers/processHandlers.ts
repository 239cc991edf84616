import { RequestError } from "../../../shared/contract/errors.ts";
import type { RequestParams, RequestResult } from "../../../shared/contract/requests.ts";
import type { ProcessRow } from "../../../shared/model/process.ts";
import type { ProcessIdentity } from "../claude/processIdentity.ts";
import type { StopOutcome } from "../discovery/stopObserved.ts";
import type { RequestHandlers } from "../engine.ts";
import { pageOf } from "./page.ts";

/** What the process requests work on. */
export interface ProcessParts {
  readonly listProcesses: () => Promise<readonly ProcessRow[]>;
  /** Ends a process of an earlier run with everything it started. */
  readonly endOrphan: (orphan: ProcessIdentity) => Promise<void>;
  readonly stopObserved: (process: ProcessIdentity) => Promise<StopOutcome>;
  /** Ends a child of this host as its session's own end does, whatever session it has gone on with. */
  readonly closeOwned: (pid: number) => Promise<void>;
}

export function processHandlers(parts: ProcessParts): Pick<RequestHandlers, "processes.list" | "processes.stop"> {
  return {
    "processes.list": async (params) => pageOf(await parts.listProcesses(), params),
    "processes.stop": async (params) => stopListed(parts, params),
  };
}

/** Only what the list would show is ever signalled, whatever pid a client names. */
async function stopListed(
  { listProcesses, endOrphan, stopObserved, closeOwned }: ProcessParts,
  { pid, startIdentity }: RequestParams<"processes.stop">,
): Promise<RequestResult<"processes.stop">> {
  const listed = (await listProcesses()).find((row) => row.pid === pid);
  if (listed === undefined) return { outcome: "already_gone" };
  if (listed.startIdentity !== startIdentity) throw changed(pid);
  if (listed.owner === "owned") {
    await closeOwned(pid);
    return { outcome: "ended" };
  }
  if (listed.owner === "orphan") {
    await endOrphan({ pid, startIdentity });
    return { outcome: "ended" };
  }
  return { outcome: outcomeOf(await stopObserved({ pid, startIdentity }), pid) };
}

/** @throws RequestError `process_changed`, `process_still_running`, `forbidden`. */
function outcomeOf(outcome: StopOutcome, pid: number): RequestResult<"processes.stop">["outcome"] {
  switch (outcome) {
    case "ended":
    case "already_gone":
      return outcome;
    case "not_the_same":
      throw changed(pid);
    case "not_permitted":
      throw new RequestError("forbidden", `Process ${pid} belongs to another user. Only that user can end it.`);
    case "still_running":
      throw new RequestError(
        "process_still_running",
        `Process ${pid} did not end, not even when it was killed: it is stuck in the system. Try again later.`,
      );
  }
}

function changed(pid: number): RequestError {
  return new RequestError(
    "process_changed",
    `Process ${pid} is not the one that was listed: that one has ended. Nothing was stopped; look at the list again.`,
  );
}
