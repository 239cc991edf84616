import { FolderTree } from "lucide-react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { cn } from "../../components/cn.ts";
import { worktreeHint } from "./sessionFacts.ts";

/** The worktree that a session works in, by the name of its folder. */
export function WorktreeBadge(props: {
  readonly worktree: NonNullable<SessionSummary["worktree"]>;
  readonly className?: string;
}) {
  const { worktree, className } = props;
  return (
    <span
      title={worktreeHint(worktree)}
      className={cn(
        "inline-flex min-w-0 items-center gap-1",
        worktree.isGone && "text-warn line-through decoration-1",
        className,
      )}
    >
      <FolderTree aria-hidden className="size-3 shrink-0" />
      <span className="sr-only">worktree </span>
      <span className="truncate">{visibleText(worktree.name)}</span>
      {worktree.isGone && <span className="sr-only"> is gone</span>}
    </span>
  );
}
