import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { type BudgetForm, presetThresholds } from "./budgetForm.ts";

/** When to tell on the way to the limit, and whom. */
export function ThresholdsField(props: {
  readonly form: BudgetForm;
  readonly error: string | undefined;
  readonly onForm: (change: Partial<BudgetForm>) => void;
}) {
  const { form, error, onForm } = props;
  const { presets, ownThresholds, warnSessions } = form;
  const toggle = (percent: number, isChecked: boolean): void => {
    const others = presets.filter((other) => other !== percent);
    onForm({ presets: isChecked ? [...others, percent] : others });
  };
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <fieldset>
        <legend className="mb-1 text-xs font-medium text-dim">Tell at</legend>
        <div className="flex h-7 items-center gap-3">
          {presetThresholds.map((percent) => (
            <label key={percent} className="flex items-center gap-1.5">
              <input
                type="checkbox"
                checked={presets.includes(percent)}
                onChange={(event) => toggle(percent, event.target.checked)}
                className="accent-(--accent)"
              />
              {percent} %
            </label>
          ))}
        </div>
      </fieldset>
      <Field label="And at (optional)" hint="Percent, such as 90, 95." error={error}>
        {(ids) => (
          <input
            {...ids}
            autoComplete="off"
            value={ownThresholds}
            onChange={(event) => onForm({ ownThresholds: event.target.value })}
            className={lineControlClass}
          />
        )}
      </Field>
      <label className="flex items-baseline gap-2 sm:col-span-2">
        <input
          type="checkbox"
          checked={warnSessions}
          onChange={(event) => onForm({ warnSessions: event.target.checked })}
          className="translate-y-0.5 accent-(--accent)"
        />
        <span>
          Tell the sessions too{" "}
          <span className="text-xs text-dim">
            A warning payload goes into the running sessions concerned, at each of these.
          </span>
        </span>
      </label>
    </div>
  );
}
