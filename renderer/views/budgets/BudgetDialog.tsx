import { type FormEvent, useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { BudgetPeriod, BudgetScope } from "../../../shared/model/budget.ts";
import { budgetName } from "../../../shared/text/budgetWords.ts";
import { Button } from "../../components/Button.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { COMMAND_KEY, Keys, keyHintClass } from "../../components/Keys.tsx";
import { Modal } from "../../components/Modal.tsx";
import { useBudgets } from "../useStores.ts";
import { AmountField } from "./AmountField.tsx";
import { AtLimitField } from "./AtLimitField.tsx";
import { type BudgetErrors, type BudgetForm, formForScope, formOfTerms, scopeOf, toBudgetTerms } from "./budgetForm.ts";
import { ScopeFields } from "./ScopeFields.tsx";
import { ThresholdsField } from "./ThresholdsField.tsx";

/** Makes a budget, or changes one. */
export function BudgetDialog(props: {
  /** Null: a new one. */
  readonly budgetId: string | null;
  /** What a new one is for; null: everything, until something else is chosen. */
  readonly scope: BudgetScope | null;
  readonly onClose: () => void;
}) {
  const { budgetId, onClose } = props;
  const { form, errors, problem, isSaving, change, submit } = useBudgetForm(props);
  useHotkeys("mod+enter", () => void submit(), { enableOnFormTags: true, preventDefault: true });
  const isNew = budgetId === null;
  return (
    <Modal title={isNew ? "New budget" : "Change the budget"} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-3.5"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ScopeFields form={form} errors={errors} onForm={change} />
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          <AmountField form={form} error={errors.amount} onForm={change} />
          <PeriodField period={form.period} onPeriod={(period) => change({ period })} />
        </div>
        <AtLimitField value={form.atLimit} onValue={(atLimit) => change({ atLimit })} />
        <ThresholdsField form={form} error={errors.ownThresholds} onForm={change} />
        <Field label="Name (optional)" error={errors.name}>
          {(ids) => (
            <input
              {...ids}
              value={form.name}
              placeholder={suggestedName(form)}
              onChange={(event) => change({ name: event.target.value })}
              className={lineControlClass}
            />
          )}
        </Field>
        {problem !== null && (
          <p role="alert" className="rounded-md bg-danger-soft px-2 py-1.5">
            {problem}
          </p>
        )}
        <div className="sticky -bottom-4 -mx-4 -mb-4 flex items-center justify-end gap-2 border-t border-line bg-panel px-4 py-2.5">
          <span className="mr-auto text-[11px] text-dim">
            <span className={keyHintClass}>
              <Keys keys={[COMMAND_KEY, "Enter"]} /> {isNew ? "makes it" : "saves it"}
            </span>
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isSaving}>
            {isSaving ? "Saving…" : isNew ? "Make budget" : "Save budget"}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function useBudgetForm(props: Parameters<typeof BudgetDialog>[0]) {
  const { budgetId, scope, onClose } = props;
  const { create, change: changeTerms } = useBudgets((state) => state);
  const known = useBudgets((state) => state.statuses?.find(({ budget }) => budget.budgetId === budgetId)?.budget);
  // What is typed stays, whatever the host tells of the budget meanwhile.
  const [form, setForm] = useState(() => (known === undefined ? formForScope(scope) : formOfTerms(known)));
  const [errors, setErrors] = useState<BudgetErrors>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const change = (edited: Partial<BudgetForm>): void => setForm((before) => ({ ...before, ...edited }));
  const submit = async (): Promise<void> => {
    const result = toBudgetTerms(form);
    setErrors(result.ok ? {} : result.errors);
    setProblem(null);
    if (!result.ok || isSaving) return;
    setSaving(true);
    const saved = budgetId === null ? await create(result.terms) : await changeTerms(budgetId, result.terms);
    setSaving(false);
    if (saved.ok) onClose();
    else setProblem(saved.failure.message);
  };
  return { form, errors, problem, isSaving, change, submit };
}

/** What it is called without a name of its own; nothing while its project is not chosen. */
function suggestedName(form: BudgetForm): string {
  const { scopeKind, projectPath, period } = form;
  return scopeKind === "project" && projectPath === "" ? "" : budgetName({ name: null, scope: scopeOf(form), period });
}

const periods: readonly (readonly [BudgetPeriod, string])[] = [
  ["day", "Each day, from midnight"],
  ["week", "Each week, from Monday"],
  ["month", "Each month, from the 1st"],
  ["always", "In all: it never begins anew"],
];

function PeriodField(props: { readonly period: BudgetPeriod; readonly onPeriod: (period: BudgetPeriod) => void }) {
  return (
    <Field label="Period">
      {(ids) => (
        <select
          {...ids}
          value={props.period}
          onChange={({ target }) => {
            const chosen = periods.find(([period]) => period === target.value);
            if (chosen !== undefined) props.onPeriod(chosen[0]);
          }}
          className={lineControlClass}
        >
          {periods.map(([period, words]) => (
            <option key={period} value={period}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
