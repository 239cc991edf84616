import type { BudgetOverride, BudgetStatus, BudgetUse } from "../../../shared/model/budget.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { Button } from "../../components/Button.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { useNow } from "../../components/useNow.ts";
import { targetKey } from "../../stores/budgetsStore.ts";
import { useBudgets, useUi } from "../useStores.ts";
import { untilWords } from "./budgetTime.ts";
import { useKeptFocus } from "./useKeptFocus.ts";

/**
 * Lets work go on beyond a limit that holds it, or says who did and takes it back. It stands in a list item that can take the
 * keyboard, for when nothing is left to press.
 */
export function UseOverride({ status, use }: { readonly status: BudgetStatus; readonly use: BudgetUse }) {
  const target = { budgetId: status.budget.budgetId, sessionId: use.sessionId };
  const openDialog = useUi((state) => state.openDialog);
  const revoke = useBudgets((state) => state.revoke);
  const deed = useBudgets((state) => state.busy[targetKey(target)]);
  const keepFocus = useKeptFocus(deed !== undefined);
  const { override } = use;
  if (override === null && !use.isActing) return null;
  const isRevoking = deed === "revoke";
  // One button for both, so that the keyboard stays on it whatever it does next.
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink">
      {override !== null && <Decision override={override} />}
      <Button
        key="deed"
        size="small"
        disabled={deed !== undefined}
        onClick={({ currentTarget }) => {
          if (override === null) return openDialog({ kind: "overrideBudget", ...target });
          keepFocus(currentTarget);
          void revoke(target);
        }}
      >
        {override === null ? "Let work go on…" : isRevoking ? "Taking it back…" : "Take it back"}
      </Button>
    </div>
  );
}

function Decision({ override: { at, note, until } }: { readonly override: BudgetOverride }) {
  const now = useNow();
  return (
    <p className="min-w-0 grow wrap-anywhere">
      Work goes on{until === null ? "" : ` ${untilWords(until, now)}`}, decided <RelativeTime at={at} />
      {note === null || note === "" ? "" : `: “${visibleText(note)}”`}
    </p>
  );
}
