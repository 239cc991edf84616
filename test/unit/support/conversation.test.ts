import { describe, expect, test } from "vitest";
import { readConversation } from "../../support/scriptedApi/conversation.ts";

const NAMES = ["SAY", "RUN_BASH", "PLAN"];
const reminder = { type: "text", text: "<system-reminder>\nSAY nothing of this\n</system-reminder>" };
const environment = { role: "system", content: "# Environment\nRUN_BASH: never" };
const toolUse = { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "Bash", input: {} }] };

function user(...content: readonly unknown[]): unknown {
  return {
    role: "user",
    content: content.map((block) => (typeof block === "string" ? { type: "text", text: block } : block)),
  };
}

function toolResult(text: string, isError = false): unknown {
  return { type: "tool_result", tool_use_id: "t1", content: text, is_error: isError };
}

type Case = {
  readonly name: string;
  readonly messages: readonly unknown[];
  readonly scene: string | null;
  readonly argument: string;
  readonly step: number;
  readonly injected?: readonly string[];
  readonly results?: readonly string[];
  readonly context?: readonly string[];
};

const cases: readonly Case[] = [
  {
    name: "the first prompt, among reminders and the environment",
    messages: [user(reminder, "SAY hello"), environment],
    scene: "SAY",
    argument: "hello",
    step: 0,
  },
  {
    name: "a prompt that is a plain string",
    messages: [{ role: "user", content: "RUN_BASH: ls -l" }],
    scene: "RUN_BASH",
    argument: "ls -l",
    step: 0,
  },
  {
    name: "a keyword inside a longer text",
    messages: [user("[warning from Switchboard]\nPlease SAY it twice\n[end]")],
    scene: "SAY",
    argument: "it twice",
    step: 0,
  },
  { name: "no keyword", messages: [user("Hello there")], scene: null, argument: "", step: 0 },
  {
    name: "the last prompt of several",
    messages: [
      user("RUN_BASH: ls"),
      toolUse,
      user(toolResult("a")),
      { role: "assistant", content: [] },
      user("SAY more"),
    ],
    scene: "SAY",
    argument: "more",
    step: 0,
  },
  {
    name: "a tool result continues the scene",
    messages: [user("RUN_BASH: ls"), toolUse, user(toolResult("a"))],
    scene: "RUN_BASH",
    argument: "ls",
    step: 1,
    results: ["Bash: a"],
  },
  {
    name: "a text sent during the tool call",
    messages: [
      user("RUN_BASH: ls"),
      toolUse,
      user(toolResult("a")),
      {
        role: "system",
        content:
          "The user sent a new message while you were working:\nSAY stop\n\nThis is how Claude Code surfaces messages the user sends.",
      },
    ],
    scene: "RUN_BASH",
    argument: "ls",
    step: 1,
    results: ["Bash: a"],
    injected: ["SAY stop"],
  },
  {
    name: "the same for an older model",
    messages: [
      user("RUN_BASH: ls"),
      toolUse,
      user(
        toolResult(
          "a\n\n<system-reminder>\nThe user sent a new message while you were working:\nMind the gap\n\nThis is how Claude Code surfaces it.\n</system-reminder>\n\n<system-reminder>\n<total_tokens>1</total_tokens>\n</system-reminder>",
        ),
      ),
    ],
    scene: "RUN_BASH",
    argument: "ls",
    step: 1,
    results: ["Bash: a"],
    injected: ["Mind the gap"],
  },
  {
    name: "a prompt beside the result of a tool that was cut short",
    messages: [user("RUN_BASH: ls"), toolUse, user(toolResult("cut", true), "SAY here")],
    scene: "SAY",
    argument: "here",
    step: 0,
  },
  {
    name: "a prompt after an interruption",
    messages: [
      user("RUN_BASH: ls"),
      toolUse,
      user(toolResult("cut", true), "[Request interrupted by user for tool use]"),
      user("SAY here"),
    ],
    scene: "SAY",
    argument: "here",
    step: 0,
  },
  {
    name: "context that came without a turn",
    messages: [user("The build is green"), user("SAY noted")],
    scene: "SAY",
    argument: "noted",
    step: 0,
    context: ["The build is green"],
  },
];

describe("readConversation", () => {
  test.each(cases)("$name", ({ messages, scene, argument, step, injected = [], results = [], context = [] }) => {
    const conversation = readConversation({ model: "m", messages, tools: [{ name: "Bash" }] }, NAMES, 1);
    expect({
      scene: conversation.sceneName,
      argument: conversation.argument,
      step: conversation.step,
      injected: conversation.injectedTexts,
      results: conversation.toolResults.map((result) => `${result.toolName}: ${result.text}`),
      context: conversation.contextTexts,
    }).toEqual({ scene, argument, step, injected, results, context });
  });

  test("the plan file is the one the last reminder names", () => {
    const text =
      "Plan mode is active.\n\n## Plan File Info:\nNo plan file exists yet. You should create your plan at /home/dev/.claude/plans/a-plan.md using the Write tool.";
    expect(
      readConversation({ messages: [user("PLAN it"), { role: "system", content: text }] }, NAMES, 1).planFilePath,
    ).toBe("/home/dev/.claude/plans/a-plan.md");
  });

  test.each([null, "text", [], { messages: "none" }, { messages: [null, { role: "user" }] }])(
    "a body of the wrong shape is an empty conversation: %j",
    (body) => {
      expect(readConversation(body, NAMES, 1)).toMatchObject({ prompt: "", sceneName: null, toolResults: [] });
    },
  );
});
