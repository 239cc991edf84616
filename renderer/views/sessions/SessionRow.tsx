import { FolderSymlink, GitPullRequest, Plug, SquareTerminal, Tag } from "lucide-react";
import { memo } from "react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { cn } from "../../components/cn.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { safeLink } from "../../terminal/safeLink.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { HoldMark } from "../budgets/HoldMark.tsx";
import { openLink } from "../transcript/openLink.ts";
import { ownerBadge, placeHint, shortModel, spentWords } from "./sessionFacts.ts";
import { StateMark } from "./StateMark.tsx";
import { stateSentence, stateWords } from "./sessionState.ts";
import { WorktreeBadge } from "./WorktreeBadge.tsx";

/** One session in the list; a click or Enter opens it. */
export const SessionRow = memo(function SessionRow(props: {
  readonly session: SessionSummary;
  readonly chosen: boolean;
  /** Whether Tab leads here. */
  readonly isTabStop: boolean;
  readonly onChoose: (sessionId: string) => void;
}) {
  const { session, chosen, isTabStop, onChoose } = props;
  const state = stateWords(session);
  const spent = spentWords(session);
  const pullRequest = safeLink(session.facts?.pullRequestUrl ?? "");
  return (
    <>
      <button
        type="button"
        data-session-row={session.sessionId}
        aria-current={chosen ? "true" : undefined}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => onChoose(session.sessionId)}
        className={cn(
          "flex h-full w-full items-center gap-2 rounded-md border-l-2 border-transparent px-2 text-left outline-offset-[-2px] hover:bg-sunken",
          chosen && "border-accent bg-accent-soft hover:bg-accent-soft",
          !session.live && "text-dim",
        )}
      >
        <StateMark state={state} className="mb-4" />
        <span className="min-w-0 grow">
          <span className="flex items-baseline gap-2">
            <span
              className={cn("min-w-0 grow truncate", session.live && "font-medium")}
              title={visibleText(session.title)}
            >
              {visibleText(session.title)}
            </span>
            <Badge session={session} />
            <RelativeTime at={session.lastActivityAt} className="shrink-0 text-xs text-dim" />
          </span>
          <span className="flex items-center gap-1.5 text-xs text-dim">
            <span className={cn("shrink-0", state.tone === "warn" && "text-warn")} title={stateSentence(session)}>
              {state.label}
              {session.pendingPermissions > 1 && ` (${session.pendingPermissions})`}
            </span>
            <HoldMark session={session} isSmall />
            <LabelMark session={session} />
            <Place session={session} />
            <span className={cn("ml-auto shrink-0", pullRequest !== null && "mr-5")} title={spent.exact}>
              {spent.short}
            </span>
          </span>
        </span>
      </button>
      {pullRequest !== null && <PullRequestLink address={pullRequest} isTabStop={isTabStop} />}
    </>
  );
});

/** A picture and no word: the title needs the room. */
function Badge({ session }: { readonly session: SessionSummary }) {
  const badge = ownerBadge(session);
  if (badge === null) return null;
  const Icon = session.owner === "owned" ? Plug : SquareTerminal;
  return (
    <span title={badge.title} className="shrink-0 self-center text-dim">
      <Icon aria-hidden className="size-3" />
      <span className="sr-only">{badge.label}</span>
    </span>
  );
}

/** Nor has a label room here; what it says is in the header, and found by the list's search. */
function LabelMark({ session: { label } }: { readonly session: SessionSummary }) {
  if (label === null) return null;
  const words = `Label: ${visibleText(label)}`;
  return (
    <span title={words} className="shrink-0">
      <Tag aria-hidden className="size-3" />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/** Worktree, branch and model, and where the session went; what does not fit is cut. */
function Place({ session }: { readonly session: SessionSummary }) {
  const hint = placeHint(session);
  const words = [session.gitBranch, session.model === null ? null : shortModel(session.model)]
    .filter((word) => word !== null)
    .map(visibleText)
    .join(" · ");
  return (
    <>
      {hint !== null && (
        <span title={hint} className="shrink-0">
          <FolderSymlink aria-hidden className="size-3" />
          <span className="sr-only">{hint}</span>
        </span>
      )}
      {session.worktree !== null && <WorktreeBadge worktree={session.worktree} className="max-w-24 shrink-0" />}
      {words !== "" && (
        <span className="min-w-0 truncate" title={words}>
          {words}
        </span>
      )}
    </>
  );
}

function PullRequestLink({ address, isTabStop }: { readonly address: string; readonly isTabStop: boolean }) {
  return (
    <a
      href={address}
      title={`Pull request: ${address}`}
      tabIndex={isTabStop ? 0 : -1}
      className="absolute right-1 bottom-0 rounded p-1.5 text-dim hover:text-accent"
      onClick={(event) => {
        event.preventDefault();
        openLink(address);
      }}
    >
      <GitPullRequest aria-hidden className="size-3.5" />
      <span className="sr-only">Pull request of this session</span>
    </a>
  );
}
