/** Scenes in which the model calls tools. The tools are real: the CLI asks for permission and runs them. */
import type { Conversation } from "./conversation.ts";
import { textReply, toolReply } from "./reply.ts";
import type { Reply, ToolCall } from "./reply.ts";
import { closingReply } from "./scene.ts";
import type { Scene } from "./scene.ts";

/** Separates the parts of an argument that may contain spaces. */
const PART_SEPARATOR = " ;; ";

export const toolScenes = {
  RUN_BASH: (conversation) => callThenClose(conversation, [bash(conversation.argument || "echo hello")]),
  TWO_BASH: twoBash,
  BASH_CHAIN: bashChain,
  SLOW_BASH: (conversation) =>
    callThenClose(conversation, [
      bash(`for second in $(seq ${conversation.argument || "5"}); do sleep 1; done; echo slept`),
    ]),
  WAIT_BASH: (conversation) =>
    callThenClose(conversation, [bash(`until [ -e ${conversation.argument} ]; do sleep 0.05; done; echo waited`)]),
  BACKGROUND_BASH: (conversation) =>
    callThenClose(conversation, [
      {
        name: "Bash",
        input: { ...bash(conversation.argument || "sleep 1; echo finished").input, run_in_background: true },
      },
    ]),
  WRITE_FILE: writeFile,
  EDIT_FILE: editFile,
  READ_FILE: (conversation) =>
    callThenClose(conversation, [{ name: "Read", input: { file_path: conversation.argument } }]),
  ASK_QUESTION: (conversation) =>
    callThenClose(conversation, [{ name: "AskUserQuestion", input: { questions: QUESTIONS } }]),
  SUBAGENT: (conversation) => subagent(conversation, false),
  BACKGROUND_SUBAGENT: (conversation) => subagent(conversation, true),
  CALL_TOOL: callTool,
} as const satisfies Readonly<Record<string, Scene>>;

function callThenClose(conversation: Conversation, calls: readonly ToolCall[], preamble?: string): Reply {
  return conversation.step === 0 ? toolReply(calls, preamble) : closingReply(conversation);
}

function bash(command: string): ToolCall {
  return { name: "Bash", input: { command, description: "Run the scripted command" } };
}

/** `TWO_BASH: <command> ;; <command>`: two calls in one message. */
function twoBash(conversation: Conversation): Reply {
  const [first = "echo one", second = "echo two"] = parts(conversation);
  return callThenClose(conversation, [bash(first), bash(second)]);
}

/** `BASH_CHAIN: <command> ;; <command> ;; …`: one call after the other, each in a message of its own. */
function bashChain(conversation: Conversation): Reply {
  const next = parts(conversation)[conversation.step];
  return next === undefined
    ? closingReply(conversation)
    : toolReply([bash(next)], `Step ${String(conversation.step + 1)}.`);
}

/** `WRITE_FILE <path> <content>` */
function writeFile(conversation: Conversation): Reply {
  const [path = "", content = "scripted content\n"] = splitOnce(conversation.argument);
  return callThenClose(conversation, [{ name: "Write", input: { file_path: path, content } }]);
}

/** `EDIT_FILE <path> <old> ;; <new>`: reads the file first, because the CLI refuses to edit what was not read. */
function editFile(conversation: Conversation): Reply {
  const [path = "", change = ""] = splitOnce(conversation.argument);
  const [oldText = "", newText = ""] = change.split(PART_SEPARATOR);
  if (conversation.step === 0) return toolReply([{ name: "Read", input: { file_path: path } }]);
  if (conversation.step === 1)
    return toolReply([
      { name: "Edit", input: { file_path: path, old_string: oldText, new_string: newText, replace_all: false } },
    ]);
  return closingReply(conversation);
}

/** `SUBAGENT <prompt>`: the prompt may itself name a scene; the sub-agent then plays it. */
function subagent(conversation: Conversation, background: boolean): Reply {
  const prompt = conversation.argument || "SAY the sub-agent reports back";
  const name = conversation.toolNames.includes("Task") ? "Task" : "Agent";
  const input = {
    description: "Scripted sub-agent",
    prompt,
    subagent_type: "general-purpose",
    run_in_background: background,
  };
  return callThenClose(conversation, [{ name, input }]);
}

/** `CALL_TOOL <name> <input as JSON>` */
function callTool(conversation: Conversation): Reply {
  const [name = "", json = "{}"] = splitOnce(conversation.argument);
  const input: unknown = JSON.parse(json);
  if (typeof input !== "object" || input === null) return textReply("The input of CALL_TOOL must be a JSON object.");
  return callThenClose(conversation, [{ name, input: { ...input } }]);
}

function parts(conversation: Conversation): readonly string[] {
  return conversation.argument === "" ? [] : conversation.argument.split(PART_SEPARATOR);
}

function splitOnce(text: string): readonly string[] {
  const space = text.search(/\s/u);
  return space === -1 ? [text] : [text.slice(0, space), text.slice(space + 1)];
}

const QUESTIONS = [
  {
    question: "Which database should the ledger use?",
    header: "Database",
    multiSelect: false,
    options: [
      { label: "SQLite", description: "One file, no server" },
      { label: "PostgreSQL", description: "A server that many hosts share" },
    ],
  },
  {
    question: "Which reports do you want?",
    header: "Reports",
    multiSelect: true,
    options: [
      { label: "By day", description: "One row a day" },
      { label: "By model", description: "One row a model" },
      { label: "By project", description: "One row a project" },
    ],
  },
] as const;
