import { type ReactNode, useId } from "react";

/** What a control needs to be tied to its label, hint and error. */
export interface FieldIds {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean;
}

/** A labelled control with an optional hint and an error in words. The child gets the ids to spread on the control. */
export function Field(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly children: (ids: FieldIds) => ReactNode;
}) {
  const id = useId();
  const { label, hint, error, children } = props;
  const note = error ?? hint;
  const noteId = note === undefined ? undefined : `${id}-note`;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-dim">
        {label}
      </label>
      {children({ id, "aria-describedby": noteId, "aria-invalid": error !== undefined })}
      {note !== undefined && (
        <p id={noteId} className={error === undefined ? "text-xs text-dim" : "text-xs text-danger"}>
          {note}
        </p>
      )}
    </div>
  );
}
