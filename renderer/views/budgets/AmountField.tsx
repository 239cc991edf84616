import { Choice } from "../../components/Choice.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import type { BudgetForm } from "./budgetForm.ts";

const units: readonly (readonly [BudgetForm["unit"], string])[] = [
  ["usd", "dollars"],
  ["tokens", "tokens"],
];

/** How much may be used: dollars, or tokens of all kinds together. */
export function AmountField(props: {
  readonly form: BudgetForm;
  readonly error: string | undefined;
  readonly onForm: (change: Partial<BudgetForm>) => void;
}) {
  const { form, error, onForm } = props;
  const isUsd = form.unit === "usd";
  const hint = isUsd ? "Messages without a price are not counted." : "Tokens of all kinds. 500k and 2M are understood.";
  return (
    <Field label="Limit" hint={hint} error={error}>
      {(ids) => (
        <div className="flex gap-1.5">
          <input
            {...ids}
            required
            inputMode={isUsd ? "decimal" : "text"}
            autoComplete="off"
            placeholder={isUsd ? "10.00" : "2M"}
            value={form.amount}
            onChange={(event) => onForm({ amount: event.target.value })}
            className={lineControlClass}
          />
          <Choice label="Unit of the limit" value={form.unit} options={units} onValue={(unit) => onForm({ unit })} />
        </div>
      )}
    </Field>
  );
}
