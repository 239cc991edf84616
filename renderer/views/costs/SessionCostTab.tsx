import { SessionBudgets } from "../budgets/SessionBudgets.tsx";
import { useStores } from "../useStores.ts";
import { SessionCostView } from "./SessionCostView.tsx";

/** The Cost tab of the chosen session. */
export function SessionCostTab({ sessionId }: { readonly sessionId: string }) {
  const { sessionCost } = useStores();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div role="region" aria-label="Cost" tabIndex={0} className="h-full overflow-y-auto p-3 outline-offset-[-2px]">
      <SessionBudgets sessionId={sessionId} />
      <SessionCostView detail={sessionCost} sessionId={sessionId} />
    </div>
  );
}
