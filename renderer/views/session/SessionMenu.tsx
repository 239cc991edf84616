import { Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { menuClass, menuItemClass } from "../../components/controls.ts";
import { useStores, useUi } from "../useStores.ts";
import { resumeCommand } from "./resumeCommand.ts";

/** The less frequent things to do with a session. */
export function SessionMenu({ session }: { readonly session: SessionSummary }) {
  const openDialog = useUi((state) => state.openDialog);
  const copy = useCopy();
  const { sessionId, projectPath, live, owner } = session;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" size="icon" aria-label="More actions for this session">
          <Ellipsis aria-hidden className="size-4" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menuClass} align="end" sideOffset={4}>
          <DropdownMenu.Item className={menuItemClass} onSelect={() => openDialog({ kind: "rename", sessionId })}>
            Rename…
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menuItemClass} onSelect={() => void copy("Session id", sessionId)}>
            Copy session id
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={menuItemClass}
            onSelect={() => void copy("Resume command", resumeCommand(session))}
          >
            Copy resume command
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={menuItemClass}
            onSelect={() => openDialog({ kind: "newSession", cwd: projectPath, resume: null })}
          >
            New session in this project…
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={menuItemClass}
            onSelect={() => openDialog({ kind: "newSession", cwd: projectPath, resume: sessionId })}
          >
            Fork…
          </DropdownMenu.Item>
          {live && owner === "owned" && (
            <DropdownMenu.Item
              className={`${menuItemClass} text-danger`}
              onSelect={() => openDialog({ kind: "confirmClose", sessionId })}
            >
              Close…
            </DropdownMenu.Item>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
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
