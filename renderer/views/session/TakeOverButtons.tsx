import { ChevronDown, Play } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { menuClass, menuItemClass } from "../../components/controls.ts";
import { useActions, useUi } from "../useStores.ts";
import { workDirectory } from "./workDirectory.ts";

/** Takes a session over that no process has open: resume it with one click, or continue in a copy. */
export function TakeOverButtons({ session }: { readonly session: SessionSummary }) {
  const { resume, fork } = useActions((state) => state);
  const busy = useActions((state) => state.busy[session.sessionId]);
  const openDialog = useUi((state) => state.openDialog);
  const words = busy === "resume" ? "Resuming…" : busy === "fork" ? "Forking…" : "Resume here";
  const { sessionId } = session;
  return (
    <span className="inline-flex shrink-0">
      <Button
        look="primary"
        className="rounded-r-none"
        disabled={busy !== undefined}
        title="Start a claude process here that continues this session"
        onClick={() => void resume(session)}
      >
        <Play aria-hidden className="size-3.5" />
        {words}
      </Button>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <Button
            look="primary"
            className="rounded-l-none border-l-on-accent/40 px-1"
            disabled={busy !== undefined}
            aria-label="More ways to take the session over"
          >
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className={menuClass} align="end" sideOffset={4}>
            <TakeOverItem words="Resume here" hint="Goes on under its own id" onSelect={() => void resume(session)} />
            <TakeOverItem
              words="Fork here"
              hint="Goes on in a copy; this one stays as it is"
              onSelect={() => void fork(session)}
            />
            <TakeOverItem
              words="With other settings…"
              hint="Choose prompt, model, mode"
              onSelect={() => openDialog({ kind: "newSession", cwd: workDirectory(session), resume: sessionId })}
            />
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </span>
  );
}

function TakeOverItem(props: { readonly words: string; readonly hint: string; readonly onSelect: () => void }) {
  return (
    <DropdownMenu.Item className={`${menuItemClass} flex-col items-start gap-0`} onSelect={props.onSelect}>
      {props.words}
      <span className="text-xs text-dim">{props.hint}</span>
    </DropdownMenu.Item>
  );
}
