/**
 * Reads the body of `POST /v1/messages` the way a scene wants to see it: which prompt the model is answering, which
 * scene that prompt names, what its tools have answered so far, and what was said to it meanwhile.
 *
 * Facts, measured on 2.1.329: a text that the user sends during a tool call follows the tool_result as a message of
 * role `system`, or reaches older models as a reminder inside the tool_result. A text of role `user` always begins a
 * turn, even beside a tool_result (after `priority: "now"`) or behind `[Request interrupted by user…]`. Reminders and
 * the environment are texts of their own, wrapped in `<system-reminder>` or opened with `# Environment`.
 */
import { readMessages } from "./readMessages.ts";
import type { ApiMessage } from "./readMessages.ts";

export type ToolResult = {
  readonly toolUseId: string;
  readonly toolName: string;
  readonly text: string;
  readonly isError: boolean;
};

export type Conversation = {
  /** The prompt the model is answering, without reminders. */
  readonly prompt: string;
  /** The keyword found in the prompt, e.g. `RUN_BASH`; null when it has none that is known. */
  readonly sceneName: string | null;
  /** What follows the keyword on its line, trimmed. */
  readonly argument: string;
  /** Results of the tools called since the prompt, oldest first. */
  readonly toolResults: readonly ToolResult[];
  /** Texts that reached the model together with those results: what was sent into the running turn. */
  readonly injectedTexts: readonly string[];
  /** Texts that came before the prompt without an answer of their own: silently added context. */
  readonly contextTexts: readonly string[];
  /** Number of assistant messages since the prompt: 0 for the first answer. */
  readonly step: number;
  readonly toolNames: readonly string[];
  readonly model: string;
  readonly system: string;
  /** Where the CLI wants the plan written, in plan mode. */
  readonly planFilePath: string | null;
  /** 1 for the first request with exactly this conversation, 2 for its first retry, and so on. */
  readonly attempt: number;
};

const INTERRUPTED = "[Request interrupted by user";
const REMINDER = /<system-reminder>[\s\S]*?<\/system-reminder>/gu;
/** Texts with which the CLI itself keeps the model up to date; nobody sent them. */
const HOUSEKEEPING =
  /^(?:# Environment|<total_tokens>|Available agent types|The following (?:deferred tools|skills)|## Exited Plan Mode|Plan mode (?:is|still) active)/u;
/** How the CLI writes down a slash command that it ran itself. */
const LOCAL_COMMAND = /^<(?:local-command-|command-name>)/u;
const PLAN_FILE = /## Plan File Info:\n[^\n]* at (\S+\.md)/u;
const MID_TURN =
  /^The user sent a new message while you were working:\n([\s\S]*?)\n\nThis is how Claude Code surfaces[\s\S]*$/u;

export function readConversation(body: unknown, sceneNames: readonly string[], attempt: number): Conversation {
  const request = readMessages(body);
  const start = findPromptStart(request.messages);
  const promptTexts = request.messages.slice(start.from, start.to).flatMap((message) => userTexts(message));
  const found = findScene(promptTexts, sceneNames);
  const after = request.messages.slice(start.to);
  return {
    prompt: found.text,
    sceneName: found.name,
    argument: found.argument,
    toolResults: toolResultsOf(after),
    injectedTexts: injectedTextsOf(after),
    contextTexts: promptTexts.filter((text) => text !== found.text),
    step: after.filter((message) => message.role === "assistant").length,
    toolNames: request.toolNames,
    model: request.model,
    system: request.system,
    planFilePath: planFilePathIn(request.messages),
    attempt,
  };
}

/** The prompt is the last run of non-assistant messages in which a `user` message carries a text of its own. */
function findPromptStart(messages: readonly ApiMessage[]): { readonly from: number; readonly to: number } {
  let to = messages.length;
  while (to > 0) {
    let from = to;
    while (from > 0 && messages[from - 1]?.role !== "assistant") from -= 1;
    const run = messages.slice(from, to);
    const isPrompt = run.some((message) => message.role === "user" && userTexts(message).length > 0);
    if (isPrompt) return { from, to };
    to = from;
    while (to > 0 && messages[to - 1]?.role === "assistant") to -= 1;
  }
  return { from: 0, to: Math.min(1, messages.length) };
}

function isInterruption(text: string): boolean {
  return text.startsWith(INTERRUPTED);
}

/** The texts a person or program wrote: reminders, environment and interruption marks taken out. */
function userTexts(message: ApiMessage): readonly string[] {
  if (message.role !== "user") return [];
  return message.blocks
    .filter((block) => block.type === "text" && !isInterruption(block.text))
    .map((block) => block.text.replace(REMINDER, "").trim())
    .filter((text) => text !== "" && !LOCAL_COMMAND.test(text));
}

/** The last text with a known keyword wins; among keywords in one text, the first. Without one, the last text. */
function findScene(
  texts: readonly string[],
  sceneNames: readonly string[],
): { text: string; name: string | null; argument: string } {
  for (const text of texts.toReversed()) {
    for (const match of text.matchAll(/\b([A-Z][A-Z0-9_]+)\b:?[ \t]*([^\n]*)/gu)) {
      const [, name = "", argument = ""] = match;
      if (sceneNames.includes(name)) return { text, name, argument: argument.trim() };
      const nested = findScene([argument], sceneNames);
      if (nested.name !== null) return { text, name: nested.name, argument: nested.argument };
    }
  }
  return { text: texts.at(-1) ?? "", name: null, argument: "" };
}

function toolResultsOf(messages: readonly ApiMessage[]): readonly ToolResult[] {
  const blocks = messages.flatMap((message) => message.blocks);
  const names = new Map(blocks.filter((block) => block.type === "tool_use").map((block) => [block.id, block.name]));
  return blocks
    .filter((block) => block.type === "tool_result")
    .map((block) => ({
      toolUseId: block.id,
      toolName: names.get(block.id) ?? "",
      text: block.text.replace(REMINDER, "").trimEnd(),
      isError: block.isError,
    }));
}

function injectedTextsOf(messages: readonly ApiMessage[]): readonly string[] {
  return messages
    .filter((message) => message.role !== "assistant")
    .flatMap((message) => message.blocks)
    .flatMap((block) => (block.type === "tool_result" ? remindersIn(block.text) : [unwrapped(block.text)]))
    .filter((text) => text !== "" && !HOUSEKEEPING.test(text) && !isInterruption(text))
    .map((text) => (MID_TURN.exec(text)?.[1] ?? text).trim());
}

/** Older models are told in reminders inside the tool_result. */
function remindersIn(text: string): readonly string[] {
  return (text.match(REMINDER) ?? []).map((reminder) => unwrapped(reminder));
}

function unwrapped(text: string): string {
  return text.replaceAll(/<\/?system-reminder>/gu, "").trim();
}

/** Plan mode announces itself in a message of role `system` that names the file. */
function planFilePathIn(messages: readonly ApiMessage[]): string | null {
  const texts = messages
    .filter((message) => message.role !== "assistant")
    .flatMap((message) => message.blocks.map((block) => block.text));
  return texts.findLast((text) => PLAN_FILE.test(text))?.match(PLAN_FILE)?.[1] ?? null;
}
