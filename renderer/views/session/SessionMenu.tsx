import { Ellipsis } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { BudgetScope } from "../../../shared/model/budget.ts";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { menuClass, menuItemClass } from "../../components/controls.ts";
import { useActions, useExports, useStores, useUi } from "../useStores.ts";
import { createBlobSink } from "./blobSink.ts";
import { exportFormats } from "./exportFormats.ts";
import { resumeCommand } from "./resumeCommand.ts";
import { workDirectory } from "./workDirectory.ts";

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
          {lines.map((line) => (
            <MenuItem key={line.words} {...line} />
          ))}
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <ExportItems sessionId={session.sessionId} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

interface MenuLine {
  readonly words: string;
  readonly run: () => void;
  /** Why it cannot be done now; missing when it can. */
  readonly obstacle?: string | undefined;
}

function MenuItem({ words, run, obstacle }: MenuLine) {
  return (
    <DropdownMenu.Item
      className={`${menuItemClass} flex-col items-start gap-0`}
      disabled={obstacle !== undefined}
      onSelect={run}
    >
      {words}
      {obstacle !== undefined && <span className="text-xs">{obstacle}</span>}
    </DropdownMenu.Item>
  );
}

function ExportItems({ sessionId }: { readonly sessionId: string }) {
  const start = useExports((state) => state.start);
  const isRunning = useExports((state) => state.bySession[sessionId] !== undefined);
  const obstacle = isRunning ? "An export is running" : undefined;
  return exportFormats.map(({ format, words }) => (
    <MenuItem
      key={format}
      words={words}
      obstacle={obstacle}
      run={() => void start(sessionId, format, createBlobSink())}
    />
  ));
}

function useMenuLines(session: SessionSummary): readonly MenuLine[] {
  const openDialog = useUi((state) => state.openDialog);
  const copy = useCopy();
  const { sessionId, projectPath, live, owner } = session;
  const { resume, fork } = useActions((state) => state);
  const start = (resumed: string | null) =>
    openDialog({ kind: "newSession", cwd: workDirectory(session), resume: resumed });
  const setBudget = (scope: BudgetScope) => openDialog({ kind: "budget", budgetId: null, scope });
  const isObserved = live && owner === "observed";
  const elsewhere = isObserved ? "Another process has it open" : undefined;
  const takeOver: MenuLine = { words: "Resume here", run: () => void resume(session), obstacle: elsewhere };
  const lines: readonly MenuLine[] = [
    {
      words: "Rename…",
      run: () => openDialog({ kind: "rename", sessionId }),
      obstacle: isObserved ? "Only where it runs" : undefined,
    },
    {
      words: session.label === null ? "Set a label…" : "Change the label…",
      run: () => openDialog({ kind: "label", sessionId }),
    },
    { words: "Copy session id", run: () => void copy("Session id", sessionId) },
    { words: "Copy resume command", run: () => void copy("Resume command", resumeCommand(session)) },
    { words: "New session in this project…", run: () => start(null) },
    { words: "Set a budget for this session…", run: () => setBudget({ kind: "session", sessionId }) },
    { words: "Set a budget for this project…", run: () => setBudget({ kind: "project", projectPath }) },
    ...(live && owner === "owned" ? [] : [takeOver]),
    { words: "Fork here", run: () => void fork(session), obstacle: elsewhere },
    { words: "Fork with other settings…", run: () => start(sessionId), obstacle: elsewhere },
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
