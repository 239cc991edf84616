import { memo } from "react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { cn } from "../../components/cn.ts";
import { formatUsd } from "../../components/formats.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { visibleText } from "../../terminal/visibleText.ts";
import { StateMark } from "./StateMark.tsx";
import { stateSentence, stateWords } from "./sessionState.ts";

/** One session in the list; a click or Enter opens it. */
export const SessionRow = memo(function SessionRow(props: {
  readonly session: SessionSummary;
  readonly chosen: boolean;
  readonly onChoose: (sessionId: string) => void;
}) {
  const { session, chosen, onChoose } = props;
  const state = stateWords(session);
  return (
    <button
      type="button"
      data-session-row={session.sessionId}
      aria-current={chosen ? "true" : undefined}
      onClick={() => onChoose(session.sessionId)}
      className={cn(
        "grid w-full grid-cols-[auto_1fr_auto] items-center gap-x-2 rounded-md border-l-2 border-transparent px-2 py-1 text-left hover:bg-sunken",
        chosen && "border-accent bg-accent-soft hover:bg-accent-soft",
        !session.live && "text-dim",
      )}
    >
      <StateMark state={state} />
      <span className={cn("truncate", session.live && "font-medium")} title={visibleText(session.title)}>
        {visibleText(session.title)}
      </span>
      <span className="justify-self-end text-xs text-dim">
        <RelativeTime at={session.lastActivityAt} />
      </span>
      <span
        className={cn("col-start-2 truncate text-xs text-dim", state.tone === "warn" && "text-warn")}
        title={stateSentence(session)}
      >
        {state.label}
        {session.pendingPermissions > 1 && ` (${session.pendingPermissions})`}
      </span>
      <span className="justify-self-end text-xs text-dim" title={costTitle(session.costUsd)}>
        {formatUsd(session.costUsd)}
      </span>
    </button>
  );
});

function costTitle(costUsd: number | null): string {
  return costUsd === null ? "The cost is not known yet" : `Cost so far: $${costUsd.toFixed(6)}`;
}
