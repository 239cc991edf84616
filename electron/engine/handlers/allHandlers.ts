import { readStartIdentities } from "../claude/processIdentity.ts";
import { endProcessTrees } from "../claude/stopProcess.ts";
import { stopObserved } from "../discovery/stopObserved.ts";
import type { Budgets } from "../budgets/openBudgets.ts";
import type { Costs } from "../costs/openCosts.ts";
import type { RequestHandlers } from "../engine.ts";
import type { Observation } from "../observation/openObservation.ts";
import type { Storage } from "../storage/openStorage.ts";
import { budgetHandlers } from "./budgetHandlers.ts";
import { costHandlers } from "./costHandlers.ts";
import { hostHandlers, type HostParts } from "./hostHandlers.ts";
import type { KnownHere } from "./knownEntry.ts";
import { messageHandlers } from "./messageHandlers.ts";
import { processHandlers } from "./processHandlers.ts";
import { sessionHandlers, type SessionParts } from "./sessionHandlers.ts";
import { steeringHandlers, type SteeringParts } from "./steeringHandlers.ts";

/** Everything that requests work on. */
export type HandlerParts = Omit<SessionParts, "history" | "tails"> &
  Omit<SteeringParts, keyof Storage> &
  Pick<HostParts, "hostInfo" | "locateClaude"> & {
    readonly storage: Storage;
    readonly observation: Observation;
    readonly costs: Costs;
    readonly budgets: Budgets;
    readonly now: () => Date;
  };

/** One function for each row of the contract's table. */
export function allHandlers(parts: HandlerParts): RequestHandlers {
  const { storage, observation, owned } = parts;
  const here: KnownHere = {
    session: (sessionId) => parts.directory.get(sessionId),
    payload: (payloadId) => storage.payloadRows.get(payloadId),
  };
  return {
    ...hostHandlers({
      ...parts,
      scan: () => void observation.index.scan(),
      cancelScan: observation.index.cancel,
      settings: storage.settings,
      onSettings: observation.settingsChanged,
    }),
    ...sessionHandlers({ ...parts, history: observation.history, tails: observation.tails }),
    ...steeringHandlers({ ...parts, ...storage }),
    ...processHandlers({
      listProcesses: observation.listProcesses,
      endOrphan: (orphan) => endProcessTrees([orphan]),
      stopObserved: (found) => stopObserved(found, { readStartIdentities }),
      closeOwned: async (pid) => {
        const child = storage.ownedProcesses.all().find((row) => row.pid === pid);
        if (child !== undefined) await owned.require(child.sessionId).close();
      },
    }),
    ...costHandlers({
      ...parts,
      ...here,
      ledgerProblem: () => parts.costs.problem() ?? observation.index.state().problem,
    }),
    ...messageHandlers({ ...here, costs: parts.costs, payloadRows: storage.payloadRows }),
    ...budgetHandlers(parts.budgets),
    "search.query": observation.search,
  };
}
