import { ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { permissionModeSchema, type SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { menuClass, menuItemClass } from "../../components/controls.ts";
import { useActions } from "../useStores.ts";
import { modeName, modeWords } from "./modes.ts";

/** The session's permission mode, and the way to change it while the session is ours and live. */
export function ModeMenu({ session }: { readonly session: SessionSummary }) {
  const setMode = useActions((state) => state.setMode);
  const busy = useActions((state) => state.busy[session.sessionId]);
  const name = session.permissionMode === null ? "Mode unknown" : modeName(session.permissionMode);
  if (!session.live || session.owner !== "owned") {
    // A transcript does not always tell the mode, and of somebody else's session nobody needs to know that.
    return session.permissionMode === null ? null : <span title="Permission mode">{name}</span>;
  }
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button look="quiet" size="small" disabled={busy !== undefined} aria-label={`Permission mode: ${name}`}>
          {busy === "setMode" ? "Changing the mode…" : name}
          <ChevronDown aria-hidden className="size-3" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menuClass} align="start" sideOffset={4}>
          <DropdownMenu.RadioGroup value={session.permissionMode ?? ""}>
            {permissionModeSchema.options.map((mode) => (
              <DropdownMenu.RadioItem
                key={mode}
                value={mode}
                className={`${menuItemClass} data-[state=checked]:font-semibold ${mode === "bypassPermissions" ? "text-danger" : ""}`}
                onSelect={() => void setMode(session.sessionId, mode)}
              >
                {modeWords[mode]}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
