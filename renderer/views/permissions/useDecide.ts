import { useCallback } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import type { DecisionChoice } from "../../stores/permissionsStore.ts";
import { usePermissions } from "../useStores.ts";

/** Deciding on one request, as its card needs it. */
export interface Decide {
  readonly decide: (choice: DecisionChoice) => void;
  /** True while a decision is on its way. */
  readonly isBusy: boolean;
  /** Why the last decision did not go through; null otherwise. */
  readonly problem: string | null;
}

export function useDecide({ permissionId }: Permission): Decide {
  const send = usePermissions((state) => state.decide);
  const isBusy = usePermissions((state) => state.deciding[permissionId] !== undefined);
  const problem = usePermissions((state) => state.problems[permissionId] ?? null);
  const decide = useCallback((choice: DecisionChoice) => void send(permissionId, choice), [send, permissionId]);
  return { decide, isBusy, problem };
}
