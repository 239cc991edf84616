import { Button } from "../../components/Button.tsx";
import { Modal } from "../../components/Modal.tsx";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { stateSentence } from "../sessions/sessionState.ts";
import { useActions, useSessions } from "../useStores.ts";

/** Asks before a session is closed while something would be cut short. */
export function ConfirmCloseDialog(props: { readonly sessionId: string; readonly onClose: () => void }) {
  const { sessionId, onClose } = props;
  const session = useSessions((state) => state.byId[sessionId]);
  const close = useActions((state) => state.close);
  if (session === undefined) return null;
  return (
    <Modal title="Close this session?" onClose={onClose} className="w-[min(26rem,calc(100vw-1.5rem))]">
      <p className="mb-1 font-medium">{visibleText(session.title)}</p>
      <p className="mb-1 text-dim">{stateSentence(session)}</p>
      <p className="mb-4">Its claude process ends and what runs is cut short. The session can be resumed later.</p>
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          Keep it running
        </Button>
        <Button
          look="danger"
          onClick={() => {
            void close(sessionId);
            onClose();
          }}
        >
          Close session
        </Button>
      </div>
    </Modal>
  );
}
