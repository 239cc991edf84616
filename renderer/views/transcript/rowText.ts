import { dollars, duration } from "../../terminal/figures.ts";
import { toolSummary } from "../../terminal/toolSummary.ts";
import type { ToolRow, TranscriptRow } from "./transcriptRow.ts";

/** A row as plain text, for the clipboard. */
export function rowText(row: TranscriptRow): string {
  switch (row.kind) {
    case "user":
    case "text":
    case "thinking":
    case "toolDraft":
      return row.text;
    case "payload":
      return row.payload.text;
    case "tool":
      return toolText(row);
    case "permission": {
      const { displayName, toolName, input, status } = row.permission;
      return `Permission for ${displayName} (${status}): ${toolSummary(toolName, input)}`;
    }
    case "turn":
      return turnText(row.turn);
    case "mark":
      return row.mark.detail === null ? row.mark.title : `${row.mark.title}\n${row.mark.detail}`;
  }
}

function toolText(row: ToolRow): string {
  const input = Object.keys(row.input).length === 0 ? "" : `\n${JSON.stringify(row.input, null, 2)}`;
  const output = row.output === null ? "" : `\n\n${row.output}`;
  return `${row.name ?? "tool"}${input}${output}`;
}

type Turn = Extract<TranscriptRow, { readonly kind: "turn" }>["turn"];

function turnText(turn: Turn): string {
  const error = turn.errorText === null ? "" : `\n${turn.errorText}`;
  return `${turnTitle(turn)}${turnFigures(turn)
    .map((figure) => ` · ${figure}`)
    .join("")}${error}`;
}

/** How a turn ended, in words. */
export function turnTitle(turn: Turn): string {
  if (turn.outcome === "success") return "Turn finished";
  const reason = turn.terminalReason ?? turn.subtype;
  return turn.outcome === "interrupted" ? `Turn interrupted (${reason})` : `Turn failed (${reason})`;
}

/** What a turn took; what is unknown is left out. */
export function turnFigures(turn: Turn): readonly string[] {
  return [
    ...(turn.durationMs === null ? [] : [duration(turn.durationMs)]),
    ...(turn.costUsd === null ? [] : [dollars(turn.costUsd)]),
    ...(turn.totalCostUsd === null ? [] : [`${dollars(turn.totalCostUsd)} in all`]),
    ...(turn.modelTurns === null ? [] : [`${turn.modelTurns} model turn${turn.modelTurns === 1 ? "" : "s"}`]),
  ];
}
