import { cn } from "../../components/cn.ts";
import type { BudgetStanding } from "./budgetStanding.ts";

const toneClass: Readonly<Record<BudgetStanding["tone"], string>> = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
  accent: "bg-accent-soft text-accent",
  dim: "bg-sunken text-dim",
};

/** How a budget stands, in words. */
export function StandingChip({ standing }: { readonly standing: BudgetStanding }) {
  return (
    <span className={cn("shrink-0 rounded px-1.5 text-xs leading-5 font-medium", toneClass[standing.tone])}>
      {standing.words}
    </span>
  );
}
