import { visibleText } from "../../../shared/text/visibleText.ts";
import { Button } from "../../components/Button.tsx";
import { useNow } from "../../components/useNow.ts";
import type { BudgetRefusal } from "../../stores/budgetRefusal.ts";
import { useBudgets, useStores } from "../useStores.ts";
import { actingWords } from "./budgetSentences.ts";
import { showBudgets } from "./showBudgets.ts";
import { useLetGoOn } from "./useLetGoOn.ts";
import { useTitleOf } from "./useTitleOf.ts";

/** What a budget refused, until when, and the way on: override it and do what was refused. */
export function RefusedByBudget(props: {
  readonly refusal: BudgetRefusal;
  /** What did not happen, e.g. `Not sent`. */
  readonly what: string;
  /** What the button does, e.g. `Let work go on and send`. */
  readonly goOnWords: string;
  readonly onGoOn: () => void;
  /** Called when the person goes to look at the budgets. */
  readonly onLeave?: () => void;
}) {
  const { refusal, what, goOnWords, onGoOn, onLeave } = props;
  const stores = useStores();
  const { problem, isAsking, letGoOn } = useLetGoOn(refusal, onGoOn);
  const words = useRefusalWords(refusal);
  const look = (): void => {
    onLeave?.();
    showBudgets(stores);
  };
  return (
    <div role="alert" className="flex flex-col gap-1 rounded-md bg-danger-soft px-2 py-1.5">
      <p className="wrap-anywhere">
        <strong>{what}.</strong> {words}
      </p>
      {problem !== null && <p className="wrap-anywhere text-danger">The budget was not overridden: {problem}</p>}
      <div className="flex flex-wrap gap-1.5">
        <Button size="small" disabled={isAsking} onClick={() => void letGoOn()}>
          {isAsking ? "Letting it go on…" : goOnWords}
        </Button>
        <Button size="small" onClick={look}>
          See budgets
        </Button>
      </div>
    </div>
  );
}

/** In the reader's own time where the budget is known here, else in the host's words. */
function useRefusalWords({ budgetId, sessionId, message }: BudgetRefusal): string {
  const status = useBudgets((state) => state.statuses?.find(({ budget }) => budget.budgetId === budgetId));
  const titleOf = useTitleOf();
  const now = useNow();
  const isOfEach = status?.budget.scope.kind === "eachSession";
  const use = status?.uses.find((one) => !isOfEach || one.sessionId === sessionId);
  if (status === undefined || use === undefined || !use.isActing) return visibleText(message);
  const { title, text } = actingWords(status, use, titleOf, now);
  return `${title} ${text}`;
}
