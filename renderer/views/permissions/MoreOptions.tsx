import type { Permission } from "../../../shared/model/permission.ts";
import { Field } from "../../components/Field.tsx";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { controlClass } from "../../components/controls.ts";
import { type DecisionDraft, readInputText } from "./decision.ts";

/** What is seldom needed: a reply with the denial, stopping the turn, and editing the input. */
export function MoreOptions(props: {
  readonly permission: Permission;
  readonly draft: DecisionDraft;
  readonly onChange: (change: Partial<DecisionDraft>) => void;
}) {
  const { permission, draft, onChange } = props;
  const isEditing = draft.inputText !== null;
  return (
    <details className="rounded-md border border-line">
      <summary className="px-2.5 py-1 text-xs text-dim">Reply, stop the turn, edit the input</summary>
      <div className="flex flex-col gap-2.5 border-t border-line p-2.5">
        <Field label="Reply when denied (the model reads it)">
          {(ids) => (
            <textarea
              {...ids}
              rows={2}
              value={draft.message}
              className={cn(controlClass, "py-1")}
              onChange={(event) => onChange({ message: event.target.value })}
            />
          )}
        </Field>
        <label className="flex items-center gap-2 text-xs">
          <input
            type="checkbox"
            checked={draft.interrupt}
            onChange={(event) => onChange({ interrupt: event.target.checked })}
          />
          Deny also stops the turn
        </label>
        {isEditing ? (
          <InputEditor text={draft.inputText ?? ""} onChange={(inputText) => onChange({ inputText })} />
        ) : (
          <Button
            size="small"
            className="self-start"
            onClick={() => onChange({ inputText: JSON.stringify(permission.input, null, 2) })}
          >
            Edit the input
          </Button>
        )}
      </div>
    </details>
  );
}

function InputEditor({ text, onChange }: { readonly text: string; readonly onChange: (text: string | null) => void }) {
  const edited = readInputText(text);
  return (
    <>
      <Field label="Input to run instead, as JSON" error={edited.ok ? undefined : edited.problem}>
        {(ids) => (
          <textarea
            {...ids}
            rows={Math.min(14, text.split("\n").length + 1)}
            value={text}
            spellCheck={false}
            className={cn(controlClass, "py-1 font-mono text-xs")}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <Button size="small" className="self-start" onClick={() => onChange(null)}>
        Back to the input as asked
      </Button>
    </>
  );
}
