import { controlClass, lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import type { StartField, StartForm } from "./startForm.ts";

interface AdvancedProps {
  readonly form: StartForm;
  readonly errors: Readonly<Partial<Record<StartField, string>>>;
  readonly onForm: (change: Partial<StartForm>) => void;
}

type TextField = Exclude<StartField, "fork">;

interface FieldRow {
  readonly field: TextField;
  readonly label: string;
  readonly hint?: string;
  readonly lines: boolean;
}

const rows: readonly FieldRow[] = [
  { field: "appendSystemPrompt", label: "Append to the system prompt", lines: true },
  { field: "allowedTools", label: "Allowed tools", hint: "One a line, e.g. Bash(npm test:*)", lines: true },
  { field: "disallowedTools", label: "Disallowed tools", hint: "One a line", lines: true },
  { field: "additionalDirectories", label: "Extra directories", hint: "Absolute paths, one a line", lines: true },
  { field: "mcpConfig", label: "MCP configuration", hint: "Files or one-line JSON, one a line", lines: true },
  { field: "maxTurns", label: "Most turns", hint: "Empty for no limit", lines: false },
  { field: "maxBudgetUsd", label: "Budget in dollars", hint: "Empty for no limit", lines: false },
];

/** What few sessions need: resuming by id, prompts, tools, directories, servers and limits. */
export function AdvancedFields({ form, errors, onForm }: AdvancedProps) {
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <Field label="Resume the session with id" error={errors.resume}>
        {(ids) => (
          <input
            {...ids}
            value={form.resume}
            spellCheck={false}
            onChange={(event) => onForm({ resume: event.target.value })}
            className={`${lineControlClass} font-mono`}
          />
        )}
      </Field>
      <label className="flex items-center gap-2 self-start sm:mt-6">
        <input
          type="checkbox"
          checked={form.fork}
          disabled={form.resume.trim() === ""}
          onChange={(event) => onForm({ fork: event.target.checked })}
          className="accent-(--accent)"
        />
        Fork: continue in a copy with its own id
      </label>
      {rows.map((row) => (
        <AdvancedField key={row.field} row={row} form={form} errors={errors} onForm={onForm} />
      ))}
    </div>
  );
}

function AdvancedField({ row, form, errors, onForm }: AdvancedProps & { readonly row: FieldRow }) {
  const { field, label, hint, lines } = row;
  return (
    <Field label={label} hint={hint} error={errors[field]}>
      {(ids) =>
        lines ? (
          <textarea
            {...ids}
            rows={2}
            value={form[field]}
            onChange={(event) => onForm({ [field]: event.target.value })}
            className={`${controlClass} py-1 font-mono`}
          />
        ) : (
          <input
            {...ids}
            inputMode="decimal"
            value={form[field]}
            onChange={(event) => onForm({ [field]: event.target.value })}
            className={lineControlClass}
          />
        )
      }
    </Field>
  );
}
