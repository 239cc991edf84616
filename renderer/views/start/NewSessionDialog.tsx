import { type FormEvent, useId, useState } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import type { Failure } from "../../../shared/contract/errors.ts";
import { permissionModeSchema } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { controlClass, lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { COMMAND_KEY, Keys, keyHintClass } from "../../components/Keys.tsx";
import { Modal } from "../../components/Modal.tsx";
import { budgetRefusalOf } from "../../stores/budgetRefusal.ts";
import { RefusedByBudget } from "../budgets/RefusedByBudget.tsx";
import { LabelOptions } from "../session/LabelOptions.tsx";
import { modelAliases, modeWords } from "../session/modes.ts";
import { useActions } from "../useStores.ts";
import { AdvancedFields } from "./AdvancedFields.tsx";
import { DirectoryField } from "./DirectoryField.tsx";
import { emptyStartForm, type StartField, type StartForm, toStartParams } from "./startForm.ts";

/** Starts a session. `resume` names a session to go on with, in a copy or itself. */
export function NewSessionDialog(props: {
  readonly cwd: string | null;
  readonly resume: string | null;
  readonly isFork: boolean;
  readonly onClose: () => void;
}) {
  const { cwd, resume, isFork, onClose } = props;
  const { form, errors, failure, isStarting, change, submit } = useStartForm({
    initial: { ...emptyStartForm, cwd: cwd ?? "", resume: resume ?? "", fork: resume !== null && isFork },
    onStarted: onClose,
  });
  useHotkeys("mod+enter", () => void submit(), { enableOnFormTags: true, preventDefault: true });
  return (
    <Modal
      title={form.resume.trim() === "" ? "New session" : form.fork ? "Fork a session" : "Resume a session"}
      onClose={onClose}
    >
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <DirectoryField cwd={form.cwd} error={errors.cwd} onCwd={(value) => change({ cwd: value })} />
        <Field label="Prompt" hint="What the session shall do first; it may be empty." error={errors.prompt}>
          {(ids) => (
            <textarea
              {...ids}
              rows={3}
              value={form.prompt}
              onChange={(event) => change({ prompt: event.target.value })}
              className={`${controlClass} field-sizing-content max-h-60 min-h-18 py-1.5`}
            />
          )}
        </Field>
        <CommonFields form={form} errors={errors} onForm={change} />
        <details open={resume !== null}>
          <summary className="mb-2 w-fit text-xs font-medium text-dim">Advanced</summary>
          <AdvancedFields form={form} errors={errors} onForm={change} />
        </details>
        <StartFailure failure={failure} onGoOn={() => void submit()} onClose={onClose} />
        <div className="sticky -bottom-4 -mx-4 -mb-4 flex items-center justify-end gap-2 border-t border-line bg-panel px-4 py-2.5">
          <span className="mr-auto text-[11px] text-dim">
            <span className={keyHintClass}>
              <Keys keys={[COMMAND_KEY, "Enter"]} /> starts it
            </span>
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isStarting}>
            {isStarting ? "Starting claude…" : "Start session"}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function StartFailure(props: {
  readonly failure: Failure | null;
  readonly onGoOn: () => void;
  readonly onClose: () => void;
}) {
  const { failure, onGoOn, onClose } = props;
  if (failure === null) return null;
  const refusal = budgetRefusalOf(failure);
  if (refusal !== null) {
    return (
      <RefusedByBudget
        refusal={refusal}
        what="Not started"
        goOnWords="Let work go on and start"
        onGoOn={onGoOn}
        onLeave={onClose}
      />
    );
  }
  return (
    <p role="alert" className="rounded-md bg-danger-soft px-2 py-1.5">
      {failure.message}
    </p>
  );
}

function useStartForm(options: { readonly initial: StartForm; readonly onStarted: () => void }) {
  const start = useActions((state) => state.start);
  const [form, setForm] = useState(options.initial);
  const [errors, setErrors] = useState<Readonly<Partial<Record<StartField, string>>>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isStarting, setStarting] = useState(false);
  const change = (edited: Partial<StartForm>): void => setForm((before) => ({ ...before, ...edited }));
  const submit = async (): Promise<void> => {
    const result = toStartParams(form);
    setErrors(result.ok ? {} : result.errors);
    setFailure(null);
    if (!result.ok || isStarting) return;
    setStarting(true);
    const started = await start(result.params);
    setStarting(false);
    if (started.ok) options.onStarted();
    else setFailure(started.failure);
  };
  return { form, errors, failure, isStarting, change, submit };
}

function CommonFields(props: {
  readonly form: StartForm;
  readonly errors: Readonly<Partial<Record<StartField, string>>>;
  readonly onForm: (change: Partial<StartForm>) => void;
}) {
  const { form, errors, onForm } = props;
  const modelsId = useId();
  const labelsId = useId();
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <Field label="Name" hint="Empty: the CLI finds a title." error={errors.name}>
        {(ids) => (
          <input
            {...ids}
            value={form.name}
            onChange={(event) => onForm({ name: event.target.value })}
            className={lineControlClass}
          />
        )}
      </Field>
      <Field label="Model" hint="Empty: the CLI's own choice." error={errors.model}>
        {(ids) => (
          <>
            <input
              {...ids}
              list={modelsId}
              value={form.model}
              onChange={(event) => onForm({ model: event.target.value })}
              className={lineControlClass}
            />
            <datalist id={modelsId}>
              {modelAliases.map((alias) => (
                <option key={alias} value={alias}>
                  {alias}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label="Label"
        hint={form.fork ? "Empty: as its parent." : "A person, client or purpose, to add costs up by."}
        error={errors.label}
      >
        {(ids) => (
          <>
            <input
              {...ids}
              list={labelsId}
              value={form.label}
              onChange={(event) => onForm({ label: event.target.value })}
              className={lineControlClass}
            />
            <LabelOptions id={labelsId} />
          </>
        )}
      </Field>
      <Field label="Permission mode" error={errors.permissionMode}>
        {(ids) => (
          <select
            {...ids}
            value={form.permissionMode}
            onChange={(event) => onForm({ permissionMode: event.target.value })}
            className={lineControlClass}
          >
            <option value="">As the CLI is configured</option>
            {permissionModeSchema.options.map((mode) => (
              <option key={mode} value={mode}>
                {modeWords[mode]}
              </option>
            ))}
          </select>
        )}
      </Field>
    </div>
  );
}
