import type { ProcessRow } from "../../../shared/model/process.ts";
import { Button } from "../../components/Button.tsx";
import { Modal } from "../../components/Modal.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useProcesses, useSessions, useStores } from "../useStores.ts";
import { stopNotice, stopWords } from "./processWords.ts";

/** Asks before a process is stopped, and says what it is. */
export function StopProcessDialog(props: { readonly row: ProcessRow; readonly onClose: () => void }) {
  const { row, onClose } = props;
  const { notify } = useStores();
  const stop = useProcesses((state) => state.stop);
  const title = useSessions((state) => (row.sessionId === null ? undefined : state.byId[row.sessionId]?.title));
  const words = stopWords(row);
  const confirm = async (): Promise<void> => {
    onClose();
    notify(stopNotice(row, await stop(row)));
  };
  const place = row.cwd ?? row.projectPath;
  return (
    <Modal title={words.title} onClose={onClose} className="w-[min(28rem,calc(100vw-1.5rem))]">
      <p className="mb-1 font-medium">{visibleText(title ?? row.sessionId ?? "No session is known for it")}</p>
      <p className="mb-2 text-xs break-all text-dim">
        Process {row.pid}
        {row.tty !== null && ` on ${visibleText(row.tty)}`}
        {place !== null && ` in ${visibleText(place)}`}
      </p>
      <p className="mb-4">{words.text}</p>
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Keep it running
        </Button>
        <Button look="danger" onClick={() => void confirm()}>
          {words.confirm}
        </Button>
      </div>
    </Modal>
  );
}
