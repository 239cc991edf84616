import { Plus } from "lucide-react";
import { useId, useRef } from "react";
import type { BudgetStatus } from "../../../shared/model/budget.ts";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { useFocusRequest } from "../useFocusRequest.ts";
import { useBudgets, useUi } from "../useStores.ts";
import { BudgetCard } from "./BudgetCard.tsx";
import { RecentRecord } from "./RecentRecord.tsx";

/** The budgets: what was spent of each, what happens next, and what can be done about it. */
export function BudgetsPanel() {
  const statuses = useBudgets((state) => state.statuses);
  const failure = useBudgets((state) => state.failure);
  const openDialog = useUi((state) => state.openDialog);
  const isEmpty = statuses?.length === 0;
  const titleId = useId();
  const title = useRef<HTMLHeadingElement>(null);
  useFocusRequest("budgets", () => {
    title.current?.focus({ preventScroll: true });
    title.current?.scrollIntoView({ block: "nearest" });
  });
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-2 rounded-lg border border-line bg-panel p-3">
      <header className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1.5">
        <h3
          id={titleId}
          ref={title}
          tabIndex={-1}
          className={cn("scroll-m-16 rounded font-semibold", isEmpty ? "max-sm:basis-full" : "grow")}
        >
          Budgets
        </h3>
        {isEmpty && (
          <p className="min-w-0 grow basis-64 text-dim">
            A budget tells you when a day, a project or a session has used so much, and can hold new turns, stop running
            ones or close sessions.
          </p>
        )}
        <Button size="small" onClick={() => openDialog({ kind: "budget", budgetId: null, scope: null })}>
          <Plus aria-hidden className="size-3.5" /> New budget…
        </Button>
      </header>
      {failure !== null && (
        <p role="alert" className="rounded-md bg-warn-soft px-2.5 py-1">
          {statuses === null ? "The budgets could not be loaded" : "What is shown is as it was before"}:{" "}
          {failure.message}
        </p>
      )}
      {statuses === null && failure === null && <p className="text-dim">Loading the budgets…</p>}
      {statuses !== null && !isEmpty && <Budgets statuses={statuses} />}
      <RecentRecord isAlone={isEmpty} />
    </section>
  );
}

function Budgets({ statuses }: { readonly statuses: readonly BudgetStatus[] }) {
  return (
    <ul aria-label="Budgets" className="flex flex-wrap gap-2">
      {inRows(statuses).map((status) => (
        <BudgetCard key={status.budget.budgetId} status={status} />
      ))}
    </ul>
  );
}

/** Budgets for each session take a whole row: they come last, so that the rows before are full. */
function inRows(statuses: readonly BudgetStatus[]): readonly BudgetStatus[] {
  const isWide = ({ budget }: BudgetStatus): boolean => budget.scope.kind === "eachSession";
  return statuses.toSorted((one, other) => Number(isWide(one)) - Number(isWide(other)));
}
