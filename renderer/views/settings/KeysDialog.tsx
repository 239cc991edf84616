import { COMMAND_KEY, Keys } from "../../components/Keys.tsx";
import { Modal } from "../../components/Modal.tsx";

const rows: readonly (readonly [readonly string[], string])[] = [
  [[COMMAND_KEY, "K"], "Command palette: sessions, actions, presets, theme"],
  [["J"], "Next session in the list"],
  [["K"], "Previous session in the list"],
  [["Enter"], "Open the focused session"],
  [["↑", "↓"], "Move in the list; ← and → fold the project"],
  [["/"], "Search what the page lists"],
  [["N"], "New session"],
  [["C"], "Write to the chosen session"],
  [[COMMAND_KEY, "Enter"], "Send what is written"],
  [["G", "I"], "Go to the permission inbox"],
  [["A"], "Allow the focused request"],
  [["D"], "Deny the focused request"],
  [["G", "L"], "Go to the sessions"],
  [["G", "F"], "Go to the search over all transcripts"],
  [["G", "C"], "Go to the costs"],
  [["G", "P"], "Go to the running processes"],
  [["U"], "Transcript: next turn; with Shift the previous one"],
  [["Q"], "Transcript: next question; with Shift the previous one"],
  [["E"], "Transcript: next error; with Shift the previous one"],
  [["M"], "Transcript: next changed file; with Shift the previous one"],
  [["Shift", "↓"], "Transcript: choose rows, to be copied as Markdown"],
  [["G", "S"], "Show the stream"],
  [["G", "T"], "Show the transcript"],
  [["G", "O"], "Show what the session cost"],
  [["Escape"], "Close a dialog, leave a box"],
  [["?"], "This list"],
];

/** Every key that does something. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Modal title="Keyboard" isText onClose={onClose} className="w-[min(28rem,calc(100vw-1.5rem))]">
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5">
        {rows.map(([keys, words]) => (
          <div key={words} className="contents">
            <dt>
              <Keys keys={keys} />
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
