import { type FormEvent, useState } from "react";
import { Button } from "../../components/Button.tsx";
import { lineControlClass } from "../../components/controls.ts";
import { Field } from "../../components/Field.tsx";
import { Modal } from "../../components/Modal.tsx";
import { useActions, useSessions } from "../useStores.ts";

/** Gives a session another title. */
export function RenameDialog({ sessionId, onClose }: { readonly sessionId: string; readonly onClose: () => void }) {
  const rename = useActions((state) => state.rename);
  const [title, setTitle] = useState(useSessions((state) => state.byId[sessionId]?.title ?? ""));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (title.trim() === "") return;
    void rename(sessionId, title.trim());
    onClose();
  };
  return (
    <Modal title="Rename the session" onClose={onClose} className="w-[min(26rem,calc(100vw-1.5rem))]">
      <form onSubmit={submit} className="flex flex-col gap-3">
        <Field label="Title">
          {(ids) => (
            <input
              {...ids}
              autoFocus
              maxLength={200}
              value={title}
              onFocus={(event) => event.target.select()}
              onChange={(event) => setTitle(event.target.value)}
              className={lineControlClass}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" disabled={title.trim() === ""}>
            Rename
          </Button>
        </div>
      </form>
    </Modal>
  );
}
