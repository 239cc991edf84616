import type { BudgetTerms, BudgetUse } from "../../../shared/model/budget.ts";
import { exactAmountWords, percentOf, percentWords, spentWords } from "../../../shared/text/budgetWords.ts";
import { cn } from "../../components/cn.ts";
import { meterFill, meterTicks } from "./budgetMeter.ts";
import type { BudgetStanding } from "./budgetStanding.ts";

const fillClass: Readonly<Record<BudgetStanding["tone"], string>> = {
  ok: "bg-ok",
  warn: "bg-warn",
  danger: "bg-danger",
  accent: "bg-accent",
  dim: "bg-line-strong",
};

/** What was spent of a limit, as a bar with its thresholds, and in numbers. */
export function BudgetMeter(props: {
  readonly label: string;
  readonly terms: BudgetTerms;
  readonly use: BudgetUse;
  readonly standing: BudgetStanding;
  /** Without the words of the thresholds: one bar of several. */
  readonly isSmall?: boolean;
}) {
  const { label, terms, use, standing, isSmall = false } = props;
  const { limit, warnAt } = terms;
  const exact = `${exactAmountWords(use.spent, limit.unit)} of ${exactAmountWords(limit.amount, limit.unit)}`;
  return (
    <div className="flex flex-col gap-1">
      <p className="flex items-baseline justify-between gap-2" title={exact}>
        <span className={isSmall ? "font-medium" : "text-base leading-6 font-semibold"}>
          {spentWords(use.spent, limit)}
        </span>
        <span className="text-dim">{percentWords(use.fraction)}</span>
      </p>
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.min(100, Math.max(0, percentOf(use.fraction)))}
        aria-valuetext={`${spentWords(use.spent, limit)}, ${percentWords(use.fraction)}, ${standing.words}`}
        className="relative"
      >
        <span className="block h-2 overflow-hidden rounded-full border border-line-strong/60 bg-sunken">
          <span
            className={cn("block h-full", fillClass[standing.tone])}
            style={{ width: `${meterFill(use.fraction)}%` }}
          />
        </span>
        <Ticks warnAt={warnAt} isSmall={isSmall} />
      </div>
    </div>
  );
}

function Ticks({ warnAt, isSmall }: { readonly warnAt: readonly number[]; readonly isSmall: boolean }) {
  const ticks = meterTicks(warnAt);
  return (
    <div aria-hidden className={isSmall ? "" : "relative h-4 text-[11px] leading-4 text-dim"}>
      {ticks.map(({ percent, hasWords }) => (
        <span key={percent}>
          {percent < 100 && (
            <span
              className={cn("absolute w-px bg-ink/70", isSmall ? "top-0 h-2" : "-top-2.5 h-3")}
              style={{ left: `${percent}%` }}
            />
          )}
          {!isSmall && hasWords && (
            <span
              className={cn("absolute top-0", percent < 100 && "-translate-x-1/2")}
              style={percent < 100 ? { left: `${percent}%` } : { right: 0 }}
            >
              {percent} %
            </span>
          )}
        </span>
      ))}
    </div>
  );
}
