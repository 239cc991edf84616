/** A session as one HTML page that needs nothing else: no script, no link, its style inside. Pure and free of Node. */
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { type ExportEntry, exportEntries, type ToolResult } from "./exportEntry.ts";
import type { ExportWriter } from "./exportWriter.ts";
import { plainText } from "./plainText.ts";
import { pageStyle } from "./pageStyle.ts";

/** Nothing is loaded and nothing runs, whatever a session may have said. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export const htmlWriter: ExportWriter = {
  mediaType: "text/html; charset=utf-8",
  extension: "html",
  begin: ({ title, sessionId }) =>
    `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n` +
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">\n` +
    `<meta name="viewport" content="width=device-width, initial-scale=1">\n` +
    `<title>${escaped(plainText(title))}</title>\n<style>${pageStyle}</style>\n</head>\n<body>\n` +
    `<h1>${escaped(plainText(title))}</h1>\n<p class="muted">Session ${escaped(plainText(sessionId))}. Times are in UTC.</p>\n`,
  events: htmlPieces,
  beginSubagent: () => `<details class="subagent" open><summary>Sub-agent</summary>\n`,
  endSubagent: () => `</details>\n`,
  end: () => `</body>\n</html>\n`,
};

function* htmlPieces(events: readonly SessionEvent[]): Generator<string, void> {
  for (const entry of exportEntries(events)) yield entryHtml(entry);
}

const speakers = {
  person: "User",
  payload: "User",
  peer: "User (from another session)",
  cli: "Claude Code",
} as const;

function entryHtml(entry: ExportEntry): string {
  switch (entry.kind) {
    case "user":
      return said(entry.origin === "cli" ? "cli" : "user", speakers[entry.origin], entry);
    case "assistant":
      return said("assistant", "Assistant", entry);
    case "thinking":
      return `<details class="thinking"><summary>Thinking ${time(entry.at)}</summary>${pre(entry.text)}</details>\n`;
    case "tool":
      return toolHtml(entry);
    case "result":
      return `<details class="tool"><summary>${resultTitle(entry)} ${time(entry.at)}</summary>${pre(entry.output)}</details>\n`;
    case "mark": {
      const detail = entry.detail.trim() === "" ? "" : pre(entry.detail);
      return `<div class="mark ${entry.tone}"><p>${escaped(entry.title)} ${time(entry.at)}</p>${detail}</div>\n`;
    }
  }
}

function said(
  className: string,
  speaker: string,
  { at, text }: { readonly at: string; readonly text: string },
): string {
  return `<section class="${className}"><h2>${speaker} ${time(at)}</h2><div class="text" dir="auto">${escaped(text)}</div></section>\n`;
}

function toolHtml(entry: Extract<ExportEntry, { kind: "tool" }>): string {
  const summary = entry.diff?.path ?? entry.summary;
  const told = summary === "" ? "" : ` <code>${escaped(summary)}</code>`;
  const failed = entry.result?.isError === true ? ` <span class="bad">failed</span>` : "";
  const result = entry.result === null ? "" : `<h3>${resultTitle(entry.result)}</h3>${pre(entry.result.output)}`;
  const input = entry.input === null ? "" : pre(entry.input);
  const diff = entry.diff === null ? "" : diffHtml(entry.diff.lines);
  const head = `<summary><strong>${escaped(entry.name)}</strong>${told}${failed} ${time(entry.at)}</summary>`;
  return `<details class="tool">${head}${input}${diff}${result}</details>\n`;
}

function resultTitle({ isError }: ToolResult): string {
  return isError ? `<span class="bad">Failed</span>` : "Result";
}

function diffHtml(lines: readonly string[]): string {
  const marked = lines.map((line) => {
    const kind = line.startsWith("@@")
      ? "gap"
      : line.startsWith("+")
        ? "added"
        : line.startsWith("-")
          ? "removed"
          : "same";
    return `<span class="${kind}">${escaped(line)}\n</span>`;
  });
  return `<pre class="diff">${marked.join("")}</pre>`;
}

function pre(text: string): string {
  return `<pre>${escaped(text)}</pre>`;
}

function time(at: string): string {
  return `<time datetime="${escaped(at)}">${escaped(at.replace("T", " ").slice(0, 19))}</time>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that is safe in HTML, between tags and in quoted attributes. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? "");
}
