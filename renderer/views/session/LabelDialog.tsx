import { type FormEvent, useId, useState } from "react";
import { MAX_LABEL_CHARACTERS } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { Modal } from "../../components/Modal.tsx";
import { useActions, useSessions } from "../useStores.ts";
import { LabelOptions } from "./LabelOptions.tsx";

/** Gives a session a label, another one, or none. */
export function LabelDialog({ sessionId, onClose }: { readonly sessionId: string; readonly onClose: () => void }) {
  const setLabel = useActions((state) => state.label);
  const before = useSessions((state) => state.byId[sessionId]?.label ?? "");
  const [label, change] = useState(before);
  const optionsId = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (label.trim() !== before) void setLabel(sessionId, label);
    onClose();
  };
  return (
    <Modal title="Label the session" onClose={onClose} className="w-[min(26rem,calc(100vw-1.5rem))]">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Label" hint="A person, a client or a purpose: costs are added up by it. Empty: no label.">
          {(ids) => (
            <>
              <input
                {...ids}
                autoFocus
                list={optionsId}
                maxLength={MAX_LABEL_CHARACTERS}
                value={label}
                onFocus={(event) => event.target.select()}
                onChange={(event) => change(event.target.value)}
                className={lineControlClass}
              />
              <LabelOptions id={optionsId} />
            </>
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            {label.trim() === "" && before !== "" ? "Take the label away" : "Set the label"}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
