import { useMemo } from "react";
import type { BudgetScope } from "../../../shared/model/budget.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { projectName } from "../../stores/sessionList.ts";
import { compareSessions } from "../../stores/sessionOrder.ts";
import { useProjects, useSessions } from "../useStores.ts";
import type { BudgetErrors, BudgetForm } from "./budgetForm.ts";

/** What is offered to choose from, the most recently active first: a longer list is no choice any more. */
const MAX_OFFERED = 300;

const noProjects: ReadonlyMap<string, number> = new Map();

const scopes: readonly (readonly [BudgetScope["kind"], string])[] = [
  ["everything", "Everything on this machine"],
  ["project", "One project"],
  ["session", "One session"],
  ["eachSession", "Each session by itself"],
];

interface ScopeProps {
  readonly form: BudgetForm;
  readonly errors: BudgetErrors;
  readonly onForm: (change: Partial<BudgetForm>) => void;
}

/** Whose use counts. */
export function ScopeFields(props: ScopeProps) {
  const { form, onForm } = props;
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <Field label="Budget for">
        {(ids) => (
          <select
            {...ids}
            autoFocus
            value={form.scopeKind}
            onChange={({ target }) => {
              const chosen = scopes.find(([kind]) => kind === target.value);
              if (chosen !== undefined) onForm({ scopeKind: chosen[0] });
            }}
            className={lineControlClass}
          >
            {scopes.map(([kind, words]) => (
              <option key={kind} value={kind}>
                {words}
              </option>
            ))}
          </select>
        )}
      </Field>
      {form.scopeKind === "project" && <ProjectField {...props} />}
      {form.scopeKind === "session" && <SessionField {...props} />}
    </div>
  );
}

function ProjectField({ form, errors, onForm }: ScopeProps) {
  const counts = useProjects((state) => state.sessionCounts) ?? noProjects;
  const offered = [...counts.keys()].slice(0, MAX_OFFERED);
  const options = offered.map((path) => [path, visibleText(`${projectName(path)} (${path})`)] as const);
  return (
    <Chosen
      label="Project"
      value={form.projectPath}
      nothing="Choose a project"
      options={withChosen(options, form.projectPath)}
      error={errors.projectPath}
      onValue={(projectPath) => onForm({ projectPath })}
    />
  );
}

function SessionField({ form, errors, onForm }: ScopeProps) {
  const order = useSessions((state) => state.order);
  const options = useMemo(
    () =>
      [...order.projects.values()]
        .flatMap((members) => members.slice(0, MAX_OFFERED))
        .toSorted(compareSessions)
        .slice(0, MAX_OFFERED)
        .map(
          ({ sessionId, title, projectPath }) =>
            [sessionId, visibleText(`${title} (${projectName(projectPath)})`)] as const,
        ),
    [order],
  );
  return (
    <Chosen
      label="Session"
      value={form.sessionId}
      nothing="Choose a session"
      options={withChosen(options, form.sessionId)}
      error={errors.sessionId}
      onValue={(sessionId) => onForm({ sessionId })}
    />
  );
}

type Options = readonly (readonly [string, string])[];

function withChosen(options: Options, chosen: string): Options {
  const isOffered = chosen === "" || options.some(([value]) => value === chosen);
  return isOffered ? options : [[chosen, visibleText(chosen)], ...options];
}

function Chosen(props: {
  readonly label: string;
  readonly value: string;
  readonly nothing: string;
  readonly options: Options;
  readonly error: string | undefined;
  readonly onValue: (value: string) => void;
}) {
  const { label, value, nothing, options, error, onValue } = props;
  return (
    <Field label={label} error={error}>
      {(ids) => (
        <select {...ids} value={value} onChange={(event) => onValue(event.target.value)} className={lineControlClass}>
          <option value="">{nothing}</option>
          {options.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
