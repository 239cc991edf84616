import { Plus } from "lucide-react";
import { useMemo } from "react";
import type { BudgetStatus, BudgetUse } from "../../../shared/model/budget.ts";
import { Button } from "../../components/Button.tsx";
import { useBudgets, useUi } from "../useStores.ts";
import { BudgetMeter } from "./BudgetMeter.tsx";
import { shownName } from "./budgetSentences.ts";
import { budgetStanding } from "./budgetStanding.ts";
import { StandingChip } from "./StandingChip.tsx";
import { UseOverride } from "./UseOverride.tsx";
import { useTitleOf } from "./useTitleOf.ts";

/** The budgets of this very session, and the way to set one. */
export function SessionBudgets({ sessionId }: { readonly sessionId: string }) {
  const statuses = useBudgets((state) => state.statuses);
  const openDialog = useUi((state) => state.openDialog);
  const own = useMemo(() => ofSession(statuses ?? [], sessionId), [statuses, sessionId]);
  return (
    <section aria-label="Budgets of this session" className="mb-3 flex flex-wrap items-center gap-2">
      {own.length > 0 && (
        <ul className="contents">
          {own.map(({ status, use }) => (
            <OwnBudget key={status.budget.budgetId} status={status} use={use} />
          ))}
        </ul>
      )}
      <Button
        size="small"
        onClick={() => openDialog({ kind: "budget", budgetId: null, scope: { kind: "session", sessionId } })}
      >
        <Plus aria-hidden className="size-3.5" /> Set a budget for this session…
      </Button>
    </section>
  );
}

interface OwnUse {
  readonly status: BudgetStatus;
  readonly use: BudgetUse;
}

function ofSession(statuses: readonly BudgetStatus[], sessionId: string): readonly OwnUse[] {
  return statuses.flatMap((status) => {
    const use = status.uses.find((one) => one.sessionId === sessionId);
    return use === undefined ? [] : [{ status, use }];
  });
}

function OwnBudget({ status, use }: OwnUse) {
  const titleOf = useTitleOf();
  const standing = budgetStanding(status, use);
  const name = shownName(status.budget, titleOf);
  return (
    <li
      tabIndex={-1}
      className="flex min-w-60 grow basis-60 flex-col gap-0.5 rounded-lg border border-line bg-panel px-3 py-2 text-xs sm:max-w-80"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-2">
        <h3 className="min-w-0 text-[13px] font-semibold wrap-anywhere">{name}</h3>
        <StandingChip standing={standing} />
      </div>
      <BudgetMeter label={`Spent of ${name}`} terms={status.budget} use={use} standing={standing} isSmall />
      <UseOverride status={status} use={use} />
    </li>
  );
}
