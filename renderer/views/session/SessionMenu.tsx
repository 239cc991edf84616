import { Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { menuClass, menuItemClass } from "../../components/controls.ts";
import { useStores, useUi } from "../useStores.ts";
import { resumeCommand } from "./resumeCommand.ts";

/** The less frequent things to do with a session. */
export function SessionMenu({ session }: { readonly session: SessionSummary }) {
  const lines = useMenuLines(session);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" size="icon" aria-label="More actions for this session">
          <Ellipsis aria-hidden className="size-4" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menuClass} align="end" sideOffset={4}>
          {lines.map(({ words, run }) => (
            <DropdownMenu.Item key={words} className={menuItemClass} onSelect={run}>
              {words}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuLine {
  readonly words: string;
  readonly run: () => void;
}

function useMenuLines(session: SessionSummary): readonly MenuLine[] {
  const openDialog = useUi((state) => state.openDialog);
  const copy = useCopy();
  const { sessionId, projectPath, live, owner } = session;
  const start = (resume: string | null) => openDialog({ kind: "newSession", cwd: projectPath, resume });
  const lines: readonly MenuLine[] = [
    { words: "Rename…", run: () => openDialog({ kind: "rename", sessionId }) },
    { words: "Copy session id", run: () => void copy("Session id", sessionId) },
    { words: "Copy resume command", run: () => void copy("Resume command", resumeCommand(session)) },
    { words: "New session in this project…", run: () => start(null) },
    { words: "Fork…", run: () => start(sessionId) },
  ];
  const close: MenuLine = { words: "Close…", run: () => openDialog({ kind: "confirmClose", sessionId }) };
  return live && owner === "owned" ? [...lines, close] : lines;
}

function useCopy(): (what: string, text: string) => Promise<void> {
  const { notify } = useStores();
  return async (what, text) => {
    try {
      await navigator.clipboard.writeText(text);
      notify({ tone: "success", title: `${what} copied`, text });
    } catch {
      notify({ tone: "failure", title: "Copying is not allowed here", text });
    }
  };
}
