import { useMemo } from "react";
import type { SessionCost, TurnCost } from "../../../shared/model/cost.ts";
import { RunningTotal } from "../../charts/RunningTotal.tsx";
import { TipLine } from "../../charts/ChartTip.tsx";
import { formatCount, formatTokens } from "../../components/formats.ts";
import { counted } from "../../terminal/figures.ts";
import { turnKeyOf } from "../../stores/costSessionStore.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { ChartPanel } from "./ChartPanel.tsx";
import { type ChartTable, numberColumn, textColumn } from "./chartTable.ts";
import { costText, formatCost, formatMoment, isUnpriced, tokenTotal, wholeCost } from "./costFormats.ts";
import { turnCause } from "./turnCause.ts";

const CHART_PX = 250;
/** Of what was said; more is in the transcript. */
const SAID_CHARACTERS = 160;

/** What each turn added to the session's cost, and what it was. */
export function TurnsPanel(props: {
  readonly cost: SessionCost;
  readonly chosen: string | null;
  readonly onChoose: (turnKey: string) => void;
}) {
  const { cost, chosen, onChoose } = props;
  const { turns, leftOutTurns } = cost;
  const steps = useMemo(
    () =>
      turns.map((turn, index) => ({
        key: turnKeyOf(turn),
        label: String(index + 1 + leftOutTurns),
        value: wholeCost(turn),
      })),
    [turns, leftOutTurns],
  );
  const byKey = useMemo(() => new Map(turns.map((turn) => [turnKeyOf(turn), turn])), [turns]);
  const left = leftOutTurns > 0 ? `, without the first ${formatCount(leftOutTurns)}` : "";
  return (
    <ChartPanel
      title="Turn by turn"
      note={`${counted(turns.length, "turn")}${left}; click one for its messages`}
      table={tableOf(cost)}
      keyOf={({ number }) => String(number)}
    >
      <RunningTotal
        label="Cost of the session over its turns"
        description="Above the running total, below what each turn added. Enter lists the messages of a turn."
        steps={steps}
        format={formatCost}
        height={CHART_PX}
        chosen={chosen}
        onChoose={onChoose}
        stepWords={(key) => said(byKey.get(key))}
        renderTip={(key) => <TurnTip turn={byKey.get(key)} />}
      />
    </ChartPanel>
  );
}

function TurnTip({ turn }: { readonly turn: TurnCost | undefined }) {
  if (turn === undefined) return null;
  return (
    <>
      <span className="line-clamp-3 font-semibold">{said(turn)}</span>
      {turn.from !== null && <span className="text-dim">{formatMoment(turn.from)}</span>}
      <TipLine label="Cost" value={costText(turn)} />
      <TipLine label="In all until then" value={formatCost(turn.cumulativeUsd)} />
      <span className="text-dim">{turnCause(turn)}</span>
    </>
  );
}

/** What a turn was about, in one line. */
export function said(turn: TurnCost | undefined): string {
  if (turn === undefined || (turn.turnId === null && turn.text === null))
    return "Messages of which the turn is not known";
  const text = visibleText(turn.text ?? "")
    .replaceAll(/\s+/gu, " ")
    .trim();
  if (text === "") return "A turn of which the beginning is not known";
  return text.length > SAID_CHARACTERS ? `${text.slice(0, SAID_CHARACTERS)}…` : text;
}

type NumberedTurn = { readonly number: number; readonly turn: TurnCost };

function tableOf({ turns, leftOutTurns }: SessionCost): ChartTable<NumberedTurn> {
  return {
    caption: "Cost of the session over its turns",
    fileName: "session-turns",
    columns: [
      numberColumn("Turn", ({ number }) => number, String),
      textColumn(
        "At",
        ({ turn }) => (turn.from === null ? "–" : formatMoment(turn.from)),
        ({ turn }) => turn.from,
      ),
      textColumn("Said", ({ turn }) => said(turn)),
      {
        ...numberColumn("USD", ({ turn }: NumberedTurn) => (isUnpriced(turn) ? null : wholeCost(turn)), formatCost),
        text: ({ turn }) => costText(turn),
      },
      numberColumn("In all, USD", ({ turn }) => turn.cumulativeUsd, formatCost),
      numberColumn("Not attributed, USD", ({ turn }) => turn.unattributedUsd, formatCost),
      numberColumn("By sub-agents, USD", ({ turn }) => turn.subagentUsd, formatCost),
      numberColumn("Tokens", ({ turn }) => tokenTotal(turn.tokens), formatTokens),
      numberColumn("Messages", ({ turn }) => turn.messages, String),
      numberColumn("Without a price", ({ turn }) => turn.unpricedMessages, String),
      textColumn("Cause", ({ turn }) => turnCause(turn)),
    ],
    rows: turns.map((turn, index) => ({ number: index + 1 + leftOutTurns, turn })),
  };
}
