import { Command, useCommandState } from "cmdk";
import { Dialog } from "radix-ui";
import { useMemo } from "react";
import { menuItemClass } from "../../components/controls.ts";
import { Keys } from "../../components/Keys.tsx";
import { projectName } from "../../stores/sessionList.ts";
import { projectOf } from "../../../shared/state/projectOf.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { StateMark } from "../sessions/StateMark.tsx";
import { stateWords } from "../sessions/sessionState.ts";
import { useSessions, useStores, useUi } from "../useStores.ts";
import { type Command as PaletteCommand, paletteCommands } from "./commands.ts";
import { offeredSessions, sessionText } from "./offeredSessions.ts";
import { scoreMatch } from "./scoreMatch.ts";

const itemClass = `${menuItemClass} data-[selected=true]:bg-accent-soft`;
const groupClass =
  "[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-[11px] [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-dim";

const groups = ["Actions", "Presets", "Theme"] as const;

/** Everything by typing: sessions, actions on the chosen one, presets, theme. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Dialog.Content
          aria-describedby={undefined}
          // The command that runs may move the keyboard itself; giving it back to the old place would undo that.
          onCloseAutoFocus={(event) => event.preventDefault()}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(36rem,calc(100vw-1.5rem))] -translate-x-1/2 overflow-hidden rounded-xl border border-line bg-raised shadow-(--shadow)"
        >
          <Dialog.Title className="sr-only">Command palette</Dialog.Title>
          <Command label="Command palette" loop filter={scoreMatch}>
            <Command.Input
              autoFocus
              placeholder="Find a session or an action"
              className="h-11 w-full border-b border-line bg-transparent px-4 text-sm outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-1.5">
              <Command.Empty className="p-4 text-center text-dim">
                Nothing matches. Try a title, a project, or a verb such as “resume”.
              </Command.Empty>
              <SessionItems onClose={onClose} />
              <CommandItems onClose={onClose} />
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SessionItems({ onClose }: { readonly onClose: () => void }) {
  const order = useSessions((state) => state.order);
  const chooseSession = useUi((state) => state.chooseSession);
  const typed = useCommandState((state) => state.search);
  const sessions = useMemo(() => offeredSessions(order, typed), [order, typed]);
  return (
    <Command.Group heading="Sessions" className={groupClass}>
      {sessions.map((session) => (
        <Command.Item
          key={session.sessionId}
          value={sessionText(session)}
          className={itemClass}
          onSelect={() => {
            onClose();
            chooseSession(session.sessionId);
          }}
        >
          <StateMark state={stateWords(session)} />
          <span className="min-w-0 grow truncate">{visibleText(session.title)}</span>
          <span className="text-xs text-dim">{stateWords(session).label}</span>
          <span className="max-w-32 truncate text-xs text-dim">{visibleText(projectName(projectOf(session)))}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function CommandItems({ onClose }: { readonly onClose: () => void }) {
  const stores = useStores();
  const commands = useMemo(() => paletteCommands(stores), [stores]);
  const run = (command: PaletteCommand): void => {
    onClose();
    command.run();
  };
  return groups.map((group) => (
    <Command.Group key={group} heading={group} className={groupClass}>
      {commands
        .filter((command) => command.group === group)
        .map((command) => (
          <Command.Item
            key={command.id}
            value={`${command.title} ${command.id}`}
            keywords={[...command.keywords]}
            className={itemClass}
            onSelect={() => run(command)}
          >
            <span className="grow">{command.title}</span>
            <Keys keys={command.keys} />
          </Command.Item>
        ))}
    </Command.Group>
  ));
}
