import { useId, useState } from "react";
import type { Permission } from "../../../shared/model/permission.ts";
import { Button } from "../../components/Button.tsx";
import { Keys, keyHintClass } from "../../components/Keys.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import {
  type Question,
  type QuestionPick,
  answerOf,
  answeredInput,
  noPick,
  switchOption,
  switchOther,
} from "./questions.ts";
import { useDecide } from "./useDecide.ts";

/** What the model reads when a person does not want to answer. */
const DECLINED = "The person chose not to answer these questions.";

/** Questions of the model as a form. The answers travel in the allowed input; they are never remembered. */
export function QuestionForm({
  permission,
  questions,
}: {
  readonly permission: Permission;
  readonly questions: readonly Question[];
}) {
  const [picks, setPicks] = useState<readonly QuestionPick[]>(() => questions.map(() => noPick));
  const { decide, isBusy } = useDecide(permission);
  const answered = answeredInput(permission.input, questions, picks);
  const open = questions.filter((question, index) => answerOf(question, picks[index] ?? noPick) === null).length;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (answered !== null && !isBusy) decide({ behavior: "allow", updatedInput: answered });
      }}
    >
      {questions.map((question, index) => (
        <QuestionFields
          key={question.question}
          question={question}
          pick={picks[index] ?? noPick}
          onChange={(pick) => setPicks((before) => before.with(index, pick))}
        />
      ))}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={answered === null || isBusy}>
          {questions.length === 1 ? "Send the answer" : "Send the answers"}
        </Button>
        <Button data-decision="deny" disabled={isBusy} onClick={() => decide({ behavior: "deny", message: DECLINED })}>
          Do not answer <Keys keys={["D"]} className={keyHintClass} />
        </Button>
        <span role="status" className="text-xs text-dim">
          {isBusy ? "Sending…" : open > 0 ? `${open} still open` : ""}
        </span>
      </div>
    </form>
  );
}

function QuestionFields(props: {
  readonly question: Question;
  readonly pick: QuestionPick;
  readonly onChange: (pick: QuestionPick) => void;
}) {
  const { question, pick, onChange } = props;
  const name = useId();
  const type = question.multiSelect === true ? "checkbox" : "radio";
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1">
        {question.header !== undefined && (
          <span className="mr-2 rounded bg-accent-soft px-1.5 text-xs text-accent">{visibleText(question.header)}</span>
        )}
        <span className="font-medium">{visibleText(question.question)}</span>
        {question.multiSelect === true && <span className="text-xs text-dim"> (one or more)</span>}
      </legend>
      {question.options.map((option) => (
        <label
          key={option.label}
          className="flex items-start gap-2 rounded-md border border-line px-2 py-1 has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type={type}
            name={name}
            className="mt-1"
            checked={pick.labels.includes(option.label)}
            onChange={() => onChange(switchOption(question, pick, option.label))}
          />
          <span className="min-w-0">
            <span className="wrap-anywhere">{visibleText(option.label)}</span>
            {option.description !== undefined && (
              <span className="block text-xs text-dim">{visibleText(option.description)}</span>
            )}
          </span>
        </label>
      ))}
      <div className="flex items-center gap-2 rounded-md border border-line px-2 py-1 has-checked:border-accent has-checked:bg-accent-soft">
        <input
          type={type}
          name={name}
          aria-label="Other"
          checked={pick.other !== null}
          onChange={(event) => onChange(switchOther(question, pick, event.target.checked ? (pick.other ?? "") : null))}
        />
        <input
          type="text"
          aria-label={`Other answer to: ${question.question}`}
          placeholder="Other: your own words"
          value={pick.other ?? ""}
          className={lineControlClass}
          onChange={(event) => onChange(switchOther(question, pick, event.target.value))}
        />
      </div>
    </fieldset>
  );
}
