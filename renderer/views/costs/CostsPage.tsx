import { ArrowLeft, Database, ExternalLink } from "lucide-react";
import { useEffect } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import type { CostDrill } from "../../stores/costsStore.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useConnection, useCosts, useSessions, useStores, useUi } from "../useStores.ts";
import { BudgetsPanel } from "../budgets/BudgetsPanel.tsx";
import { CachePanel } from "./CachePanel.tsx";
import { CalendarPanel } from "./CalendarPanel.tsx";
import { CostFilterBar } from "./CostFilterBar.tsx";
import { CostNoteList } from "./CostNoteList.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { HoursPanel } from "./HoursPanel.tsx";
import { LedgerView } from "./LedgerView.tsx";
import { SessionCostView } from "./SessionCostView.tsx";
import { SummaryTiles } from "./SummaryTiles.tsx";
import { TopPanel } from "./TopPanel.tsx";
import { UnpricedEntries } from "./UnpricedEntries.tsx";
import { WindowsPanel } from "./WindowsPanel.tsx";

/** What everything cost: at a glance, over time, and down to the price of a message. */
export function CostsPage() {
  const watch = useCosts((state) => state.watch);
  const drill = useCosts((state) => state.drill);
  const isLoading = useCosts((state) => state.isLoading);
  const touch = useCosts((state) => state.touch);
  useEffect(() => watch(), [watch]);
  // Who comes back may have changed the price file elsewhere.
  useEffect(() => {
    window.addEventListener("focus", touch);
    return () => window.removeEventListener("focus", touch);
  }, [touch]);
  return (
    <main aria-label="Costs" className="flex h-full min-h-0 flex-col bg-canvas">
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-panel px-3 py-1.5">
        {drill === null ? (
          <>
            {/* Where there is little room, the page's name stands above already. */}
            <h2 className="font-semibold max-sm:sr-only">Costs</h2>
            <CostFilterBar />
            <span role="status" className="grow text-xs text-dim">
              {isLoading ? "Adding up…" : ""}
            </span>
            <LedgerButton />
          </>
        ) : (
          <DrillHeading drill={drill} />
        )}
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div
        key={drill === null ? "overview" : "drill"}
        role="region"
        aria-label="Figures"
        tabIndex={0}
        className="min-h-0 grow overflow-y-auto p-3 outline-offset-[-2px]"
      >
        <div className="mx-auto flex max-w-[90rem] flex-col gap-3">
          {drill === null ? <Overview /> : <Drilled drill={drill} />}
        </div>
      </div>
    </main>
  );
}

function LedgerButton() {
  const openDrill = useCosts((state) => state.openDrill);
  return (
    <Button size="small" onClick={() => openDrill({ kind: "ledger" })}>
      <Database aria-hidden className="size-3.5" /> Ledger and prices
    </Button>
  );
}

function Drilled({ drill }: { readonly drill: CostDrill }) {
  const { costDrill } = useStores();
  if (drill.kind === "unpriced") return <UnpricedEntries />;
  if (drill.kind === "ledger") return <LedgerView />;
  return <SessionCostView detail={costDrill} sessionId={drill.sessionId} turnKey={drill.turnKey} />;
}

function DrillHeading({ drill }: { readonly drill: CostDrill }) {
  const openDrill = useCosts((state) => state.openDrill);
  const sessionId = drill.kind === "session" ? drill.sessionId : null;
  const title = useSessions((state) => (sessionId === null ? undefined : state.byId[sessionId]?.title));
  const chooseSession = useUi((state) => state.chooseSession);
  const { ui } = useStores();
  // An open dialog takes the key for itself.
  useHotkeys("escape", () => openDrill(null), { enabled: () => ui.getState().dialog === null });
  const words = sessionId === null ? drillWords(drill) : visibleText(title ?? sessionId);
  return (
    <>
      <Button size="small" onClick={() => openDrill(null)}>
        <ArrowLeft aria-hidden className="size-3.5" /> All costs
      </Button>
      <h2 className="min-w-0 grow truncate font-semibold">{words}</h2>
      {sessionId !== null && (
        <Button size="small" onClick={() => chooseSession(sessionId)}>
          <ExternalLink aria-hidden className="size-3.5" /> Open the session
        </Button>
      )}
    </>
  );
}

function drillWords({ kind }: CostDrill): string {
  return kind === "ledger" ? "Ledger and prices" : "Messages without a price";
}

function Overview() {
  const { summary, history, calendar, hours, windows, ledger } = useCosts((state) => state.answers);
  if (summary === null || history === null || ledger === null) return <Waiting />;
  if (ledger.entries === 0) return <NothingYet />;
  const { at } = summary;
  return (
    <>
      <CostNoteList />
      <SummaryTiles summary={summary} />
      <HistoryPanel shown={history} at={at} />
      <BudgetsPanel />
      <div className={cn("grid gap-3 [&>*]:min-w-0", "lg:grid-cols-[minmax(0,1fr)_22rem]")}>
        <div className="flex flex-col gap-3">
          {calendar !== null && <CalendarPanel report={calendar} at={at} />}
          <TopPanel summary={summary} />
        </div>
        <div className="flex flex-col gap-3">
          {hours !== null && <HoursPanel report={hours} at={at} />}
          {windows !== null && <WindowsPanel windows={windows} />}
          <CachePanel total={history.report.total} />
        </div>
      </div>
    </>
  );
}

function Waiting() {
  const failure = useCosts((state) => state.failure);
  const isOpen = useConnection((state) => state.connection.status === "open");
  if (!isOpen) return <EmptyState title="Waiting for the host…" />;
  if (failure === null) return <EmptyState title="Adding up…" />;
  return (
    <EmptyState title="The costs could not be loaded">
      <span role="alert">{failure.message}</span> Trying again every few seconds.
    </EmptyState>
  );
}

function NothingYet() {
  const openDialog = useUi((state) => state.openDialog);
  return (
    <>
      <CostNoteList />
      <EmptyState
        title="Nothing was spent yet"
        action={
          <Button look="primary" onClick={() => openDialog({ kind: "newSession", cwd: null, resume: null })}>
            New session
          </Button>
        }
      >
        Every message of every session on this machine is counted here, whether it was started from here or in a
        terminal.
      </EmptyState>
      <BudgetsPanel />
    </>
  );
}
