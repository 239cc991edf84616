import type { BudgetAction } from "../../../shared/model/budget.ts";

const actions: readonly { readonly action: BudgetAction; readonly words: string; readonly explanation: string }[] = [
  { action: "tell", words: "Only tell me", explanation: "Nothing is stopped." },
  {
    action: "hold",
    words: "Hold new turns",
    explanation: "What runs may finish; nothing new begins before the period ends or you let work go on.",
  },
  {
    action: "interrupt",
    words: "Interrupt turns",
    explanation: "Running turns are stopped at once, and new ones are held.",
  },
  {
    action: "close",
    words: "Close the sessions",
    explanation: "Their claude processes end, and none is started. They can be resumed later.",
  },
];

/** What happens when the budget is used up. */
export function AtLimitField(props: {
  readonly value: BudgetAction;
  readonly onValue: (action: BudgetAction) => void;
}) {
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 text-xs font-medium text-dim">At the limit</legend>
      {actions.map(({ action, words, explanation }) => (
        <label key={action} className="flex items-baseline gap-2">
          <input
            type="radio"
            name="atLimit"
            value={action}
            checked={props.value === action}
            onChange={() => props.onValue(action)}
            className="shrink-0 translate-y-0.5 accent-(--accent)"
          />
          <span>
            {words} <span className="text-xs text-dim">{explanation}</span>
          </span>
        </label>
      ))}
      <p className="text-xs text-dim">
        Sessions in other terminals count as well, but only those that run in Switchboard can be stopped.
      </p>
    </fieldset>
  );
}
