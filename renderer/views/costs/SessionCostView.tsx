import { type ReactNode, useEffect } from "react";
import type { SessionCost, TurnCost } from "../../../shared/model/cost.ts";
import { seriesColor } from "../../charts/chartData.ts";
import { ShareBar } from "../../charts/ShareBar.tsx";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { formatCount, formatTokens } from "../../components/formats.ts";
import type { CostDetail } from "../../stores/costDetail.ts";
import { turnKeyOf } from "../../stores/costSessionStore.ts";
import { counted } from "../../terminal/figures.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { isWorking } from "../sessions/isWorking.ts";
import { useCostSession, useSessions } from "../useStores.ts";
import { cacheFigures } from "./cacheFigures.ts";
import { costText, formatCost, formatShare, tokenTotal, wholeCost } from "./costFormats.ts";
import { EntryList } from "./EntryList.tsx";
import { PlaceButton } from "./PlaceButton.tsx";
import { reconciliationWords } from "./reconciliationWords.ts";
import { turnCause } from "./turnCause.ts";
import { said, TurnsPanel } from "./TurnsPanel.tsx";

/** Turns that are listed beside the chart: those that made the session dear. */
const DEAREST_TURNS = 6;

/** Why a session cost what it did: by model, turn by turn, and down to the price of each message. */
export function SessionCostView(props: {
  readonly detail: CostDetail;
  readonly sessionId: string;
  /** The turn that is looked into at first. */
  readonly turnKey?: string | null;
}) {
  const { detail, sessionId, turnKey = null } = props;
  const watch = useCostSession(detail, (state) => state.watch);
  const cost = useCostSession(detail, (state) => (state.sessionId === sessionId ? state.cost : null));
  const failure = useCostSession(detail, (state) => state.failure);
  useEffect(() => watch(sessionId, turnKey), [watch, sessionId, turnKey]);
  if (cost === null) {
    if (failure === null) return <EmptyState title="Adding up the session’s messages…" />;
    return <EmptyState title="The cost of this session could not be loaded">{failure.message}</EmptyState>;
  }
  if (cost.total.messages === 0 && cost.turns.length === 0) {
    return (
      <EmptyState title="Nothing was spent yet">
        Every message that the session gets from a model is listed here, with its price.
      </EmptyState>
    );
  }
  return (
    <div className="@container flex flex-col gap-3">
      {failure !== null && (
        <p role="status" className="rounded-md bg-warn-soft px-2.5 py-1">
          What is shown is as it was before: {failure.message}
        </p>
      )}
      <Totals cost={cost} />
      <Turns detail={detail} cost={cost} />
    </div>
  );
}

function Totals({ cost }: { readonly cost: SessionCost }) {
  const { total, models, reconciliation } = cost;
  const { text, drift } = reconciliationWords(reconciliation);
  const most = models.reduce((max, { costUsd }) => Math.max(max, costUsd), 0);
  const { savedUsd, hitShare } = cacheFigures(total);
  return (
    <section
      aria-label="The session’s cost"
      className="grid gap-x-6 gap-y-3 rounded-lg border border-line bg-panel p-3 @4xl:grid-cols-2"
    >
      <div className="flex flex-col gap-1">
        <p className="text-2xl leading-8 font-semibold">{costText(total)}</p>
        <RunningTurn sessionId={cost.sessionId} />
        <p className="text-xs text-dim">
          {counted(total.messages, "message")}, {counted(cost.turns.length + cost.leftOutTurns, "turn")},{" "}
          {formatTokens(tokenTotal(total.tokens))} tokens; caching saved {formatCost(savedUsd)}
          {hitShare !== null && `, ${formatShare(hitShare)} of what was sent came from the cache`}
        </p>
        {total.unpricedMessages > 0 && (
          <p className="self-start rounded bg-warn-soft px-1.5 py-0.5 text-xs">
            {counted(total.unpricedMessages, "message is", "messages are")} not priced and not in these dollars.
          </p>
        )}
        <p className="text-xs">{text}</p>
        {drift !== null && <p className="self-start rounded bg-warn-soft px-1.5 py-0.5 text-xs">{drift}</p>}
      </div>
      <ul aria-label="By model" className="flex flex-col gap-1 self-center text-xs">
        {models
          .toSorted((one, other) => other.costUsd - one.costUsd)
          .map(({ key, label, costUsd, tokens }, index) => (
            <li key={key} className="grid grid-cols-[minmax(0,11rem)_1fr_8rem] items-center gap-2">
              <span className="truncate font-mono">{visibleText(label)}</span>
              <ShareBar share={most === 0 ? 0 : costUsd / most} color={seriesColor(index)} />
              <span className="text-right">
                {formatCost(costUsd)} <span className="text-dim">{formatTokens(tokens)}</span>
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}

/** What the turn that runs cost so far. */
function RunningTurn({ sessionId }: { readonly sessionId: string }) {
  const turnUsd = useSessions(({ byId }) => {
    const session = byId[sessionId];
    return session !== undefined && isWorking(session) ? session.turnCostUsd : null;
  });
  if (turnUsd === null) return null;
  return <p className="text-xs">The running turn has cost {formatCost(turnUsd)} so far.</p>;
}

function Turns({ detail, cost }: { readonly detail: CostDetail; readonly cost: SessionCost }) {
  const turnKey = useCostSession(detail, (state) => state.turnKey);
  const chooseTurn = useCostSession(detail, (state) => state.chooseTurn);
  const chosen = cost.turns.find((turn) => turnKeyOf(turn) === turnKey);
  const dearest = cost.turns.toSorted((one, other) => wholeCost(other) - wholeCost(one)).slice(0, DEAREST_TURNS);
  const numberOf = (turn: TurnCost): number => cost.turns.indexOf(turn) + 1 + cost.leftOutTurns;
  return (
    <>
      <TurnsPanel cost={cost} chosen={turnKey} onChoose={chooseTurn} />
      {chosen !== undefined && (
        <Panel
          title={`Turn ${numberOf(chosen)}: ${costText(chosen)}`}
          action={
            <span className="flex shrink-0 gap-1.5">
              <PlaceButton sessionId={cost.sessionId} seq={chosen.seq} />
              <Button size="small" onClick={() => chooseTurn(null)}>
                Close the turn
              </Button>
            </span>
          }
        >
          <p className="line-clamp-3">{said(chosen)}</p>
          <p className="text-xs text-dim">{turnCause(chosen)}</p>
          <EntryList detail={detail} label="Messages of the turn, the dearest first" />
          {Math.abs(chosen.unattributedUsd) >= 5e-7 && (
            <p className="text-xs">
              And {formatCost(chosen.unattributedUsd)} that Claude Code’s total holds beyond these messages: an
              interrupted turn or a side request.
            </p>
          )}
        </Panel>
      )}
      <Panel title="What made it dear">
        <ol className="flex flex-col">
          {dearest.map((turn) => (
            <li key={turnKeyOf(turn)} className="border-b border-line last:border-b-0">
              <button
                type="button"
                aria-pressed={turnKeyOf(turn) === turnKey}
                onClick={() => chooseTurn(turnKeyOf(turn))}
                className={cn(
                  "flex w-full items-baseline gap-2 rounded py-1 text-left hover:bg-sunken",
                  turnKeyOf(turn) === turnKey && "bg-accent-soft",
                )}
              >
                <span className="min-w-14 shrink-0 text-right font-semibold">{costText(turn)}</span>
                <span className="min-w-0 grow">
                  <span className="line-clamp-1">
                    <span className="text-dim">Turn {formatCount(numberOf(turn))}</span> {said(turn)}
                  </span>
                  <span className="block text-xs text-dim">{turnCause(turn)}</span>
                </span>
              </button>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  );
}

function Panel(props: { readonly title: string; readonly action?: ReactNode; readonly children: ReactNode }) {
  return (
    <section aria-label={props.title} className="flex flex-col gap-1.5 rounded-lg border border-line bg-panel p-3">
      <header className="flex items-center justify-between gap-2">
        <h3 className="font-semibold">{props.title}</h3>
        {props.action}
      </header>
      {props.children}
    </section>
  );
}
