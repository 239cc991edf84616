import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import type { BudgetAlert, OverrideRecord } from "../../../shared/model/budget.ts";
import { alertDetail, alertTitle } from "../../../shared/text/budgetWords.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { Button } from "../../components/Button.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { useNow } from "../../components/useNow.ts";
import type { BudgetHappening } from "../../stores/budgetRecordStore.ts";
import { useBudgetRecord, useStores, useUi } from "../useStores.ts";
import { overrideEnd, overrideTitle, overrideWords } from "./overrideWords.ts";
import { useTitleOf } from "./useTitleOf.ts";

/**
 * What happened to budgets, the newest first, behind a button. `isAlone`: there are no budgets; the button is then there
 * only if something happened to budgets that are gone.
 */
export function RecentRecord({ isAlone }: { readonly isAlone: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const hasRecord = useHasRecord(isAlone);
  const open = useBudgetRecord((state) => state.open);
  if (isAlone && !isOpen && !hasRecord) return null;
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    <div>
      <Button
        look="quiet"
        size="small"
        className="-ml-2"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
          if (!isOpen) void open();
        }}
      >
        <Icon aria-hidden className="size-3.5" /> Recent alerts and overrides
      </Button>
      {isOpen && <RecordList />}
    </div>
  );
}

/** Whether anything is recorded; looked up only where `isAsked`. */
function useHasRecord(isAsked: boolean): boolean {
  const { budgetRecord } = useStores();
  const [hasRecord, setHasRecord] = useState(false);
  useEffect(() => {
    let isGone = false;
    const look = async (): Promise<void> => {
      // A list that is open knows already, and stays as it is.
      if (budgetRecord.getState().items === null) await budgetRecord.getState().open();
      if (!isGone) setHasRecord((budgetRecord.getState().items ?? []).length > 0);
    };
    if (isAsked) void look();
    return () => {
      isGone = true;
    };
  }, [budgetRecord, isAsked]);
  return hasRecord;
}

function RecordList() {
  const { items, hasMore, isLoading, failure, loadMore } = useBudgetRecord((state) => state);
  return (
    <div className="flex flex-col gap-1" aria-busy={isLoading}>
      {items !== null && items.length > 0 && (
        <ul aria-label="Recent alerts and overrides" className="flex flex-col">
          {items.map((item) => (
            <Happening key={keyOf(item)} item={item} />
          ))}
        </ul>
      )}
      {items === null && failure === null && <p className="text-xs text-dim">Loading what happened…</p>}
      {items?.length === 0 && <p className="text-xs text-dim">No threshold was crossed yet, and nothing overridden.</p>}
      {failure !== null && (
        <p role="alert" className="text-danger">
          What happened did not load: {failure.message}
        </p>
      )}
      {hasMore && items !== null && (
        <Button className="self-start" size="small" disabled={isLoading} onClick={() => void loadMore()}>
          {isLoading ? "Loading what came before…" : "Show what came before"}
        </Button>
      )}
    </div>
  );
}

function keyOf(item: BudgetHappening): string {
  return item.kind === "alert" ? item.alert.alertId : item.override.overrideId;
}

function Happening({ item }: { readonly item: BudgetHappening }) {
  return item.kind === "alert" ? <AlertLine alert={item.alert} /> : <OverrideLine override={item.override} />;
}

function AlertLine({ alert }: { readonly alert: BudgetAlert }) {
  return (
    <Line about={alert} title={alertTitle(alert)}>
      {alertDetail(alert)}
    </Line>
  );
}

function OverrideLine({ override }: { readonly override: OverrideRecord }) {
  const end = overrideEnd(override, useNow());
  return (
    <Line about={override} title={overrideTitle(override)}>
      {overrideWords(override)}
      {override.revokedAt !== null && (
        <>
          {" "}
          Taken back (<RelativeTime at={override.revokedAt} />
          ).
        </>
      )}
      {end !== null && ` ${end}`}
    </Line>
  );
}

function Line(props: {
  readonly about: { readonly at: string; readonly sessionId: string | null; readonly sessionTitle: string | null };
  readonly title: string;
  readonly children: ReactNode;
}) {
  const { about, title, children } = props;
  const { at, sessionId, sessionTitle } = about;
  const titleOf = useTitleOf();
  const chooseSession = useUi((state) => state.chooseSession);
  return (
    <li className="flex items-baseline gap-x-2 border-b border-line py-1 text-xs last:border-b-0">
      <RelativeTime at={at} className="w-8 shrink-0 text-dim" />
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-2">
        <span className="font-medium wrap-anywhere">{visibleText(title)}</span>
        <span className="min-w-0 text-dim wrap-anywhere">{children}</span>
        {sessionId !== null && (
          <button
            type="button"
            className="max-w-60 truncate rounded text-left text-accent hover:underline"
            onClick={() => chooseSession(sessionId)}
          >
            {visibleText(titleOf(sessionId) ?? sessionTitle ?? sessionId)}
          </button>
        )}
      </div>
    </li>
  );
}
