import { useState } from "react";
import type { BudgetTarget } from "../../stores/budgetsStore.ts";
import { useBudgets } from "../useStores.ts";

/** Overrides a budget and then does what it had refused; `problem` says why it was not overridden. */
export function useLetGoOn(target: BudgetTarget, then: () => void) {
  const override = useBudgets((state) => state.override);
  const [problem, setProblem] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const letGoOn = async (): Promise<void> => {
    if (isAsking) return;
    setAsking(true);
    const result = await override(target);
    setAsking(false);
    setProblem(result.ok ? null : result.failure.message);
    if (result.ok) then();
  };
  return { problem, isAsking, letGoOn };
}
