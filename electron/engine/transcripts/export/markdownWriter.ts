/** A session as Markdown. Pure and free of Node, so that a page can copy rows the same way. */
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { containedMarkdown } from "./containedMarkdown.ts";
import { type ExportEntry, exportEntries, type ToolResult } from "./exportEntry.ts";
import type { ExportWriter } from "./exportWriter.ts";
import { plainLine } from "./plainText.ts";

export const markdownWriter: ExportWriter = {
  mediaType: "text/markdown; charset=utf-8",
  extension: "md",
  begin: ({ title, sessionId }) => `# ${inline(title)}\n\nSession ${code(sessionId)}\n\n`,
  events: markdownPieces,
  beginSubagent: (depth) => quoted("**Sub-agent**\n\n", depth),
  endSubagent: (depth) => quoted("**End of the sub-agent**\n", depth) + quoted("\n", depth - 1),
  end: () => "",
};

/** Events as Markdown; those of a sub-agent are quoted as often as they are deep. */
export function eventsAsMarkdown(events: readonly SessionEvent[], depth = 0): string {
  return [...markdownPieces(events, depth)].join("");
}

function* markdownPieces(events: readonly SessionEvent[], depth: number): Generator<string, void> {
  for (const entry of exportEntries(events)) yield quoted(entryText(entry), depth);
}

const speakers = {
  person: "User",
  payload: "User",
  peer: "User (from another session)",
  cli: "Claude Code",
} as const;

function entryText(entry: ExportEntry): string {
  switch (entry.kind) {
    case "user":
      return `## ${speakers[entry.origin]}\n\n${containedMarkdown(entry.text.trim())}\n\n`;
    case "assistant":
      return `## Assistant\n\n${containedMarkdown(entry.text.trim())}\n\n`;
    case "thinking":
      return `### Thinking\n\n${fenced(entry.text)}`;
    case "tool":
      return toolText(entry);
    case "result":
      return resultText(entry);
    case "mark": {
      const detail = entry.detail.trim() === "" ? "" : fenced(entry.detail);
      return `*${inline(entry.title)}*\n\n${detail}`;
    }
  }
}

function toolText(entry: Extract<ExportEntry, { kind: "tool" }>): string {
  const summary = entry.diff?.path ?? entry.summary;
  const head = `### ${inline(entry.name)}${summary === "" ? "" : ` ${code(summary)}`}\n\n`;
  const input = entry.input === null ? "" : fenced(entry.input, "json");
  const diff = entry.diff === null ? "" : fenced(entry.diff.lines.join("\n"), "diff");
  return head + input + diff + (entry.result === null ? "" : resultText(entry.result));
}

function resultText({ isError, output }: ToolResult): string {
  const title = isError ? "Failed" : "Result";
  return output.trim() === "" ? `${title}: nothing\n\n` : `${title}:\n\n${fenced(output)}`;
}

/** A code block that no text can end: its fence is longer than any run of backticks in it. */
function fenced(text: string, language = ""): string {
  const runs = text.match(/`{3,}/gu) ?? [];
  const fence = "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${fence}${language}\n${text.replace(/\n+$/u, "")}\n${fence}\n\n`;
}

/** Code in a line. A backtick in it needs a longer fence, and a space beside it. */
function code(text: string): string {
  const line = plainLine(text, 400);
  if (!line.includes("`")) return `\`${line}\``;
  const runs = line.match(/`+/gu) ?? [];
  const fence = "`".repeat(Math.max(...runs.map((run) => run.length)) + 1);
  return `${fence} ${line} ${fence}`;
}

/** Words in a line, with what Markdown or HTML would act on taken literally. */
function inline(text: string): string {
  return plainLine(text, 400).replaceAll(/[\\`*_{}[\]<>#|~&]/gu, String.raw`\$&`);
}

function quoted(text: string, depth: number): string {
  if (depth <= 0 || text === "") return text;
  const mark = "> ".repeat(depth);
  const lines = text.endsWith("\n") ? text.slice(0, -1).split("\n") : text.split("\n");
  return `${lines.map((line) => `${mark}${line}`.trimEnd()).join("\n")}\n`;
}
