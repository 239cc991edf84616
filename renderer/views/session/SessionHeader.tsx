import { CirclePause, FolderX, GitBranch, X } from "lucide-react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { projectName } from "../../stores/sessionList.ts";
import { counted, grouped } from "../../terminal/figures.ts";
import { projectOf } from "../../../shared/state/projectOf.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { isWorking } from "../sessions/isWorking.ts";
import { HoldMark } from "../budgets/HoldMark.tsx";
import { FOLDER_GONE } from "../sessions/sessionFacts.ts";
import { StateMark } from "../sessions/StateMark.tsx";
import { stateSentence, stateWords } from "../sessions/sessionState.ts";
import { WorktreeBadge } from "../sessions/WorktreeBadge.tsx";
import { useActions, useUi } from "../useStores.ts";
import { ContextGauge } from "./ContextGauge.tsx";
import { CostFact } from "./CostFact.tsx";
import { FactsPopover } from "./FactsPopover.tsx";
import { LabelButton } from "./LabelButton.tsx";
import { ModelMenu } from "./ModelMenu.tsx";
import { ModeMenu } from "./ModeMenu.tsx";
import { ObservedMark } from "./ObservedMark.tsx";
import { PullRequestLink } from "./PullRequestLink.tsx";
import { SessionMenu } from "./SessionMenu.tsx";
import { TakeOverButtons } from "./TakeOverButtons.tsx";

/** What the chosen session is, what it does, and what can be done to it. */
export function SessionHeader({ session }: { readonly session: SessionSummary }) {
  const state = stateWords(session);
  return (
    <header className="flex flex-col gap-1 border-b border-line bg-panel px-3 pt-2 pb-1.5">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 truncate max-sm:grow text-[15px] font-semibold" title={visibleText(session.title)}>
          {visibleText(session.title)}
        </h2>
        <ProjectPath path={visibleText(session.projectPath)} />
        <SessionButtons session={session} />
        <SessionMenu session={session} />
      </div>
      <p className="flex min-w-0 items-center gap-1.5 max-sm:flex-wrap" role="status">
        <StateMark state={state} />
        <ObservedMark session={session} />
        <HoldMark session={session} />
        <span
          className={cn(
            // In a narrow window it wraps beside the mark, and not below it.
            "max-sm:min-w-40 max-sm:grow max-sm:basis-0",
            state.tone === "danger" ? "text-danger" : "truncate max-sm:whitespace-normal",
            state.tone === "warn" && "text-warn",
          )}
          title={stateSentence(session)}
        >
          {stateSentence(session)}
        </span>
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-dim">
        <ModelMenu session={session} />
        <ModeMenu session={session} />
        {session.gitBranch !== null && (
          <span className="inline-flex min-w-0 items-center gap-1" title="Git branch">
            <GitBranch aria-hidden className="size-3 shrink-0" />
            <span className="truncate">{visibleText(session.gitBranch)}</span>
          </span>
        )}
        {session.worktree !== null && <WorktreeBadge worktree={session.worktree} />}
        {session.isFolderGone && (
          <span className="inline-flex items-center gap-1 text-warn" title={visibleText(projectOf(session))}>
            <FolderX aria-hidden className="size-3 shrink-0" />
            {FOLDER_GONE}
          </span>
        )}
        <LabelButton session={session} />
        {session.context !== null && <ContextGauge context={session.context} />}
        <CostFact session={session} />
        {session.turnCount > 0 && <span>{counted(session.turnCount, "turn")}</span>}
        <LinesChanged session={session} />
        <FactsPopover session={session} />
        <PullRequestLink session={session} />
        <span className="min-w-0 truncate sm:hidden" title="Working directory">
          {visibleText(projectName(projectOf(session)))}
        </span>
      </div>
    </header>
  );
}

function LinesChanged({ session: { facts } }: { readonly session: SessionSummary }) {
  if (facts === null || facts.linesAdded + facts.linesRemoved === 0) return null;
  return (
    <span title="Lines that the session added and removed">
      <span className="text-ok">+{grouped(facts.linesAdded)}</span>{" "}
      <span className="text-danger">−{grouped(facts.linesRemoved)}</span>
    </span>
  );
}

/** The working directory beside the title. Its end tells most, so what does not fit is cut at the start. */
function ProjectPath({ path }: { readonly path: string }) {
  return (
    <span
      dir="rtl"
      title={`Working directory: ${path}`}
      className="min-w-28 grow basis-0 truncate text-right text-xs text-dim max-sm:hidden"
    >
      <bdi dir="ltr">{path}</bdi>
    </span>
  );
}

function SessionButtons({ session }: { readonly session: SessionSummary }) {
  const { interrupt, close } = useActions((state) => state);
  const busy = useActions((state) => state.busy[session.sessionId]);
  const openDialog = useUi((state) => state.openDialog);
  const { sessionId } = session;
  if (!session.live) return <TakeOverButtons session={session} />;
  if (session.owner !== "owned") return null;
  const working = isWorking(session);
  return (
    <>
      <Button
        disabled={!working || busy !== undefined}
        title={working ? "Stop the running turn" : "No turn is running"}
        onClick={() => void interrupt(sessionId)}
      >
        <CirclePause aria-hidden className="size-3.5" />
        {busy === "interrupt" ? "Interrupting…" : "Interrupt"}
      </Button>
      <Button
        disabled={busy !== undefined}
        title="End the claude process; the session can be resumed"
        onClick={() => (working ? openDialog({ kind: "confirmClose", sessionId }) : void close(sessionId))}
      >
        <X aria-hidden className="size-3.5" />
        {busy === "close" ? "Closing…" : "Close"}
      </Button>
    </>
  );
}
