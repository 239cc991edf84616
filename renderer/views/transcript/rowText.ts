import { dollars, duration } from "../../terminal/figures.ts";
import { toolSummary } from "../../terminal/toolSummary.ts";
import { diffLines, fileChange } from "../../../shared/text/fileChange.ts";
import { decisionWords } from "./decisionWords.ts";
import type { ToolRow, TranscriptRow } from "./transcriptRow.ts";

/** Rows as Markdown, for the clipboard; a rule stands between them. */
export function rowsMarkdown(rows: readonly TranscriptRow[]): string {
  return rows
    .map(rowMarkdown)
    .filter((text) => text !== "")
    .join("\n\n---\n\n");
}

/** A row as Markdown, for the clipboard. */
export function rowMarkdown(row: TranscriptRow): string {
  switch (row.kind) {
    case "user":
      return row.frame?.body ?? row.text;
    case "text":
      return row.text;
    case "thinking":
      return quoted(row.text);
    case "toolDraft":
      return fenced(row.text, "json");
    case "payload":
      return row.payload.text;
    case "tool":
      return toolMarkdown(row);
    case "permission": {
      const { displayName, toolName, input, status } = row.permission;
      const summary = toolSummary(toolName, input);
      const how = decisionWords(row.permission);
      return `**Permission for ${displayName}**: ${status}${how === "" ? "" : ` (${how})`}${summary === "" ? "" : `\n\n${fenced(summary, "")}`}`;
    }
    case "turn":
      return turnMarkdown(row.turn);
    case "mark":
      return row.mark.detail === null ? `*${row.mark.title}*` : `*${row.mark.title}*\n\n${fenced(row.mark.detail, "")}`;
    case "subagent":
      return "";
  }
}

function toolMarkdown(row: ToolRow): string {
  const head = `**${row.name ?? "Tool"}** (${row.state})`;
  return [head, ...inputParts(row), ...(row.output === null ? [] : [fenced(row.output, "")])].join("\n\n");
}

function inputParts({ name, input }: ToolRow): readonly string[] {
  const change = fileChange(name, input);
  if (change !== null) {
    const signs = { same: " ", added: "+", removed: "-", gap: "…" } as const;
    const lines = change.parts.flatMap((part) => diffLines(part)).map(({ kind, text }) => `${signs[kind]}${text}`);
    return [`\`${change.path}\``, fenced(lines.join("\n"), "diff")];
  }
  const { command } = input;
  if (name === "Bash" && typeof command === "string") return [fenced(command, "sh")];
  return Object.keys(input).length === 0 ? [] : [fenced(JSON.stringify(input, null, 2), "json")];
}

/** A fence longer than any inside the text, so that the text cannot end it. */
function fenced(text: string, language: string): string {
  const longest = (text.match(/`{3,}/gu) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}

function quoted(text: string): string {
  return text
    .trim()
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
}

type Turn = Extract<TranscriptRow, { readonly kind: "turn" }>["turn"];

function turnMarkdown(turn: Turn): string {
  const head = [turnTitle(turn), ...turnFigures(turn)].join(" · ");
  return turn.errorText === null ? `*${head}*` : `*${head}*\n\n${fenced(turn.errorText, "")}`;
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
