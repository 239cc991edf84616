import { CirclePause } from "lucide-react";
import type { SessionSummary } from "../../../shared/model/session.ts";
import { cn } from "../../components/cn.ts";
import { useNow } from "../../components/useNow.ts";
import { type Hold, holdOn } from "../../stores/budgetHolds.ts";
import { useBudgets } from "../useStores.ts";
import { holdWords, shownName } from "./budgetSentences.ts";
import { useTitleOf } from "./useTitleOf.ts";

/** That a budget keeps the session from new turns; nothing where none does. */
export function HoldMark(props: {
  readonly session: SessionSummary;
  /** Without words beside the sign; they are in its tip and for screen readers. */
  readonly isSmall?: boolean;
  readonly className?: string;
}) {
  const { session, ...rest } = props;
  const hold = useBudgets((state) => holdOn(state.holds, session));
  // What runs elsewhere cannot be held, and what has ended waits for nothing.
  if (hold === null || !session.live || session.owner !== "owned") return null;
  return <Mark hold={hold} {...rest} />;
}

function Mark(props: { readonly hold: Hold; readonly isSmall?: boolean; readonly className?: string }) {
  const { hold, isSmall = false, className } = props;
  const titleOf = useTitleOf();
  const now = useNow();
  const words = holdWords(shownName(hold.budget, titleOf), hold.until, now);
  return (
    <span title={words} className={cn("inline-flex shrink-0 items-center gap-1 text-danger", className)}>
      <CirclePause aria-hidden className="size-3" />
      {isSmall ? <span className="sr-only">{words}</span> : "Held by a budget"}
      {!isSmall && <span className="sr-only">: {words}</span>}
    </span>
  );
}
