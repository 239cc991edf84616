import type { After } from "./clock.ts";
import { type CostEntriesStore, createCostEntriesStore } from "./costEntriesStore.ts";
import { type CostSessionStore, createCostSessionStore } from "./costSessionStore.ts";
import type { Request } from "./request.ts";

/** One place in which a session's cost can be looked into, down to its messages. */
export interface CostDetail {
  readonly session: CostSessionStore;
  readonly entries: CostEntriesStore;
}

/** Creates the stores of one such place. */
export function createCostDetail(options: { readonly request: Request; readonly after: After }): CostDetail {
  const entries = createCostEntriesStore(options);
  return { entries, session: createCostSessionStore({ ...options, entries }) };
}
