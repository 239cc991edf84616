import { type ReactNode, useState } from "react";
import type { BudgetStatus, BudgetUse } from "../../../shared/model/budget.ts";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { useNow } from "../../components/useNow.ts";
import { targetKey } from "../../stores/budgetsStore.ts";
import { counted } from "../../terminal/figures.ts";
import { useBudgets, useUi } from "../useStores.ts";
import { BudgetMeter } from "./BudgetMeter.tsx";
import { consequenceWords, shownName, subjectWords, unpricedWords } from "./budgetSentences.ts";
import { budgetStanding } from "./budgetStanding.ts";
import { anewWords } from "./budgetTime.ts";
import { SessionUse } from "./SessionUse.tsx";
import { StandingChip } from "./StandingChip.tsx";
import { UseOverride } from "./UseOverride.tsx";
import { useKeptFocus } from "./useKeptFocus.ts";
import { useTitleOf } from "./useTitleOf.ts";

/** Sessions that a budget for each one shows without asking for more. */
const SHORT_LIST = 3;

/** One budget: how it stands, what it is about, and what can be done to it. */
export function BudgetCard({ status }: { readonly status: BudgetStatus }) {
  const { budget, uses, to } = status;
  const titleOf = useTitleOf();
  const now = useNow();
  const name = shownName(budget, titleOf);
  const isOfEach = budget.scope.kind === "eachSession";
  const use = isOfEach ? undefined : uses[0];
  return (
    <li
      aria-label={name}
      tabIndex={-1}
      className={cn(
        "flex min-w-0 grow basis-84 flex-col gap-1.5 rounded-md border border-line p-2.5",
        use?.isActing === true && "border-danger",
        isOfEach && "basis-full",
        !budget.isEnabled && "text-dim",
      )}
    >
      <div className="flex flex-wrap items-start justify-between gap-x-2 gap-y-1">
        <h4 className="min-w-0 font-semibold wrap-anywhere">{name}</h4>
        {use !== undefined && <StandingChip standing={budgetStanding(status, use)} />}
        {use === undefined && !budget.isEnabled && (
          <StandingChip standing={{ kind: "off", words: "Off", tone: "dim" }} />
        )}
      </div>
      {use !== undefined && <WholeUse status={status} use={use} name={name} />}
      {isOfEach && <SessionUses status={status} />}
      <div className="text-xs text-dim">
        <p className="wrap-anywhere">
          {subjectWords(budget, titleOf)}. {anewWords(to, now)}.
        </p>
        <p>{consequenceWords(budget)}</p>
      </div>
      <CardButtons status={status} name={name} />
    </li>
  );
}

function WholeUse(props: { readonly status: BudgetStatus; readonly use: BudgetUse; readonly name: string }) {
  const { status, use, name } = props;
  const unpriced = unpricedWords(status.budget.limit.unit === "usd" ? use.unpricedMessages : 0);
  return (
    <>
      <BudgetMeter label={`Spent of ${name}`} terms={status.budget} use={use} standing={budgetStanding(status, use)} />
      {unpriced !== null && <Remark>{unpriced}</Remark>}
      <UseOverride status={status} use={use} />
    </>
  );
}

function Remark({ children }: { readonly children: ReactNode }) {
  return <p className="self-start rounded bg-warn-soft px-1.5 py-0.5 text-xs text-ink">{children}</p>;
}

function SessionUses({ status }: { readonly status: BudgetStatus }) {
  const [showsAll, setShowsAll] = useState(false);
  const { uses, budget } = status;
  if (uses.length === 0) return <p className="text-dim">No session that runs has used any of it yet.</p>;
  const shown = showsAll ? uses : uses.slice(0, SHORT_LIST);
  const unpriced = unpricedWords(
    budget.limit.unit === "usd" ? uses.reduce((sum, { unpricedMessages }) => sum + unpricedMessages, 0) : 0,
  );
  return (
    <>
      <ul
        aria-label="Sessions"
        className="grid gap-x-4 gap-y-2 [grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))]"
      >
        {shown.map((use) => (
          <SessionUse key={use.sessionId} status={status} use={use} />
        ))}
      </ul>
      {uses.length > SHORT_LIST && (
        <Button
          look="quiet"
          size="small"
          className="self-start"
          aria-expanded={showsAll}
          onClick={() => setShowsAll(!showsAll)}
        >
          {showsAll ? "Show fewer" : `Show all ${counted(uses.length, "session")}`}
        </Button>
      )}
      {unpriced !== null && <Remark>{unpriced}</Remark>}
    </>
  );
}

function CardButtons({ status, name }: { readonly status: BudgetStatus; readonly name: string }) {
  const { budget } = status;
  const { budgetId, isEnabled } = budget;
  const openDialog = useUi((state) => state.openDialog);
  const setEnabled = useBudgets((state) => state.setEnabled);
  const deed = useBudgets((state) => state.busy[targetKey({ budgetId, sessionId: null })]);
  const isBusy = deed !== undefined;
  const keepFocus = useKeptFocus(isBusy);
  return (
    <div className="mt-auto -ml-2 flex flex-wrap gap-1">
      <Button
        look="quiet"
        size="small"
        disabled={isBusy}
        aria-label={`Change the budget “${name}”`}
        onClick={() => openDialog({ kind: "budget", budgetId, scope: null })}
      >
        Change…
      </Button>
      <Button
        look="quiet"
        size="small"
        disabled={isBusy}
        aria-label={isBusy ? undefined : `Switch ${isEnabled ? "off" : "on"} the budget “${name}”`}
        onClick={({ currentTarget }) => {
          keepFocus(currentTarget);
          void setEnabled(budget, !isEnabled);
        }}
      >
        {deed === "switch" ? "Switching…" : isEnabled ? "Switch off" : "Switch on"}
      </Button>
      <Button
        look="quiet"
        size="small"
        disabled={isBusy}
        aria-label={isBusy ? undefined : `Delete the budget “${name}”`}
        onClick={() => openDialog({ kind: "deleteBudget", budgetId })}
      >
        {deed === "delete" ? "Deleting…" : "Delete…"}
      </Button>
    </div>
  );
}
