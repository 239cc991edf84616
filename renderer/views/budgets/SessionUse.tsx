import type { BudgetStatus, BudgetUse } from "../../../shared/model/budget.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useUi } from "../useStores.ts";
import { BudgetMeter } from "./BudgetMeter.tsx";
import { budgetStanding } from "./budgetStanding.ts";
import { StandingChip } from "./StandingChip.tsx";
import { UseOverride } from "./UseOverride.tsx";
import { useTitleOf } from "./useTitleOf.ts";

/** What one session used of a budget for each; its title leads to it. */
export function SessionUse({ status, use }: { readonly status: BudgetStatus; readonly use: BudgetUse }) {
  const titleOf = useTitleOf();
  const chooseSession = useUi((state) => state.chooseSession);
  const { sessionId } = use;
  if (sessionId === null) return null;
  const title = visibleText(titleOf(sessionId) ?? sessionId);
  const standing = budgetStanding(status, use);
  return (
    <li tabIndex={-1} className="flex min-w-0 flex-col gap-0.5 rounded text-xs">
      <div className="flex items-center gap-2">
        <button
          type="button"
          className="min-w-0 grow truncate rounded text-left text-accent hover:underline"
          title={title}
          onClick={() => chooseSession(sessionId)}
        >
          {title}
        </button>
        <StandingChip standing={standing} />
      </div>
      <BudgetMeter label={`Spent by ${title}`} terms={status.budget} use={use} standing={standing} isSmall />
      <UseOverride status={status} use={use} />
    </li>
  );
}
