import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { Modal } from "../../components/Modal.tsx";
import { useNow } from "../../components/useNow.ts";
import { spentWords } from "../../../shared/text/budgetWords.ts";
import { useBudgets } from "../useStores.ts";
import { shownName } from "./budgetSentences.ts";
import { untilWords } from "./budgetTime.ts";
import { useTitleOf } from "./useTitleOf.ts";

/** Lets work go on beyond a budget's limit, with a note that is kept. */
export function OverrideDialog(props: {
  readonly budgetId: string;
  /** Whose use is meant, of a budget for each session; else null. */
  readonly sessionId: string | null;
  readonly onClose: () => void;
}) {
  const { budgetId, sessionId, onClose } = props;
  const status = useBudgets((state) => state.statuses?.find(({ budget }) => budget.budgetId === budgetId));
  const titleOf = useTitleOf();
  const now = useNow();
  const { note, setNote, problem, isAsking, submit } = useOverride(props);
  if (status === undefined) return null;
  const { budget, to } = status;
  const use = status.uses.find((one) => one.sessionId === sessionId);
  return (
    <Modal title="Let work go on?" onClose={onClose} className="w-[min(28rem,calc(100vw-1.5rem))]">
      <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
        <p className="wrap-anywhere">
          <strong>{shownName(budget, titleOf)}</strong>
          {use !== undefined && `: ${spentWords(use.spent, budget.limit)}`}. Work goes on beyond the limit
          {to !== null && ` ${untilWords(to, now)}`}. That is recorded, and you can take it back.
        </p>
        <Field label="Why (optional)" hint="It is kept with the budget.">
          {(ids) => (
            <input
              {...ids}
              autoFocus
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              className={lineControlClass}
            />
          )}
        </Field>
        {problem !== null && (
          <p role="alert" className="rounded-md bg-danger-soft px-2 py-1.5">
            {problem}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={isAsking}>
            {isAsking ? "Letting it go on…" : "Let work go on"}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function useOverride(props: Parameters<typeof OverrideDialog>[0]) {
  const { budgetId, sessionId, onClose } = props;
  const override = useBudgets((state) => state.override);
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isAsking) return;
    setAsking(true);
    setProblem(null);
    const result = await override({ budgetId, sessionId }, note);
    setAsking(false);
    if (result.ok) onClose();
    else setProblem(result.failure.message);
  };
  return { note, setNote, problem, isAsking, submit };
}
