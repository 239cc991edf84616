import { anAlert } from "../../../support/budgetSamples.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderPayload } from "../../../../shared/payloads/renderPayload.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { renderEvents } from "../../../../renderer/terminal/renderEvent.ts";
import { event, samplePayload, samplePermission, sampleEvents, textDelta } from "./sampleEvents.ts";

// oxlint-disable-next-line no-control-regex -- our own colours, taken out to read the words
const OWN_STYLE = /\u001b\[[0-9;]*m/gu;

/** The words on the screen, one array item a line; a redrawn line counts as it stands in the end. */
function screen(...events: readonly SessionEvent[]): readonly string[] {
  const { ansi } = renderEvents(events);
  const lines = ansi.replaceAll(OWN_STYLE, "").split("\r\n");
  return lines.map((line) => line.split("\r\u001b[2K").at(-1) ?? "");
}

describe("streaming text", () => {
  const make = sampleEvents();
  const whole = { messageId: "m1", text: "Hello there.", model: null, parentToolUseId: null };

  test("prints deltas as they come and not again when the text is whole", () => {
    const events = [make("assistant.delta", textDelta("Hello ")), make("assistant.delta", textDelta("there."))];
    expect(screen(...events)).toEqual(["● Hello there."]);
    expect(screen(...events, make("assistant.textAdded", whole))).toEqual(["● Hello there.", ""]);
  });

  test("prints the whole text when no delta was seen", () => {
    expect(screen(make("assistant.textAdded", whole))).toEqual(["● Hello there.", ""]);
  });

  test("prints what the deltas did not bring", () => {
    expect(screen(make("assistant.delta", textDelta("Hello ")), make("assistant.textAdded", whole))).toEqual([
      "● Hello there.",
      "",
    ]);
  });

  test("does not repeat a text that another line cut in two", () => {
    expect(
      screen(
        make("assistant.delta", textDelta("Hello ")),
        make("stderr.written", { text: "warn" }),
        make("assistant.delta", textDelta("there.")),
        make("assistant.textAdded", whole),
      ),
    ).toEqual(["● Hello ", "· stderr  warn", "● there.", ""]);
  });

  test("tells two text blocks of one message apart", () => {
    const second = { ...whole, text: "Second." };
    expect(
      screen(
        make("assistant.delta", textDelta("Hello there.")),
        make("assistant.textAdded", whole),
        make("assistant.delta", textDelta("Second.", "text", 2)),
        make("assistant.textAdded", second),
      ),
    ).toEqual(["● Hello there.", "● Second.", ""]);
  });

  test("leaves a sub-agent's deltas to its whole text, indented", () => {
    const call = {
      toolUseId: "t1",
      messageId: "m0",
      name: "Task",
      input: { description: "Look around" },
      parentToolUseId: null,
    };
    const deeper = {
      toolUseId: "t2",
      messageId: "m2",
      name: "Read",
      input: { file_path: "/a" },
      parentToolUseId: "t1",
    };
    expect(
      screen(
        make("tool.called", call),
        make("assistant.delta", { ...textDelta("par"), parentToolUseId: "t1" }),
        make("assistant.textAdded", { ...whole, text: "partly\ndone", parentToolUseId: "t1" }),
        make("tool.called", deeper),
        make("assistant.textAdded", { ...whole, messageId: "m3", text: "deep", parentToolUseId: "t2" }),
      ),
    ).toEqual(["◆ Task  Look around", "│ ● partly", "│ done", "│ ◆ Read  /a", "│ │ ● deep", ""]);
  });
});

describe("thinking", () => {
  const make = sampleEvents();

  test("is one line that counts and ends with the whole length", () => {
    const words = Array.from({ length: 45 }, (_, index) => `word${index} `).join("");
    const deltas = ["wo", "rd ", words].map((text) => make("assistant.delta", textDelta(text, "thinking")));
    expect(screen(...deltas)).toEqual(["thinking · 46 words"]);
    const added = make("assistant.thinkingAdded", { messageId: "m1", text: `word ${words}`, parentToolUseId: null });
    expect(screen(...deltas, added)).toEqual(["thinking · 46 words", ""]);
  });

  test("without deltas is one line", () => {
    const added = make("assistant.thinkingAdded", { messageId: "m1", text: "a b c", parentToolUseId: null });
    expect(screen(added)).toEqual(["thinking · 3 words", ""]);
  });
});

describe("lines", () => {
  const finished = { toolUseId: "t1", isError: false, omittedChars: 0, parentToolUseId: null };
  const turn = {
    turnId: "u1",
    payloadIds: [],
    outcome: "success",
    subtype: "success",
    terminalReason: "completed",
    durationMs: 12_340,
    modelTurns: 3,
    totalCostUsd: 1.5,
    costUsd: 0.0123,
    usage: null,
    errorText: null,
  } as const;
  const exit = { pid: 7, exitCode: 0, signal: null, expected: true, reason: null, stderrTail: "" } as const;
  const decision = {
    behavior: "deny",
    message: "Use the staging one.",
    remember: "once",
    interrupt: true,
    updatedInput: null,
    decidedBy: "browser",
    decidedAt: "2026-01-31T12:00:03.000Z",
    latencyMs: 3000,
  } as const;
  const user = { messageId: null, payloadId: null, origin: "payload", parentToolUseId: null } as const;

  test.each<[string, SessionEvent, readonly string[]]>([
    ["user text", event("user.textAdded", { ...user, text: "Fix it\nplease" }), ["", "▌ Fix it", "▌ please"]],
    [
      "a framed payload",
      event("user.textAdded", { ...user, text: renderPayload(samplePayload({ metadata: { budget: 3 } })) }),
      ["", "▌  warning  from browser", "▌ budget: 3", "▌ ", "▌ Mind the budget."],
    ],
    [
      "text of another session",
      event("user.textAdded", { ...user, origin: "peer", text: "hi" }),
      ["", "▌ from another session or terminal", "▌ hi"],
    ],
    [
      "a shell call",
      event("tool.called", {
        toolUseId: "t",
        messageId: "m",
        name: "Bash",
        input: { command: "ls\nrm x" },
        parentToolUseId: null,
      }),
      ["◆ Bash  ls …"],
    ],
    ["a short result", event("tool.finished", { ...finished, output: "a\nb\n" }), ["  └ a", "    b"]],
    [
      "a long result",
      event("tool.finished", { ...finished, output: Array.from({ length: 128 }, (_, line) => `l${line}`).join("\n") }),
      ["  └ l0", ...Array.from({ length: 7 }, (_, line) => `    l${line + 1}`), "    … 120 more lines"],
    ],
    ["no result", event("tool.finished", { ...finished, output: "\n" }), ["  └ tool gave no output"]],
    [
      "a cut result",
      event("tool.finished", { ...finished, output: "a", omittedChars: 1234 }),
      ["  └ a", "    … 1,234 characters not kept"],
    ],
    [
      "a denial",
      event("tool.denied", { toolUseId: null, toolName: "Bash", message: "not allowed" }),
      ["✕ Bash denied  not allowed"],
    ],
    ["a turn", event("turn.completed", turn), ["✔ turn finished · 12.3 s · $0.0123 · $1.50 in all · 3 model turns"]],
    ["an empty turn", event("turn.completed", { ...turn, modelTurns: 0 }), []],
    [
      "a failed turn",
      event("turn.completed", {
        ...turn,
        outcome: "error",
        terminalReason: "api_error",
        errorText: "overloaded",
        costUsd: null,
        totalCostUsd: null,
        modelTurns: 1,
      }),
      ["✕ turn failed (api_error) · 12.3 s · 1 model turn", "  overloaded"],
    ],
    [
      "a background task",
      event("task.started", { taskId: "k", toolUseId: null, description: "npm run watch", taskType: null }),
      ["· background task started  npm run watch"],
    ],
    [
      "compaction",
      event("context.compacted", { trigger: "auto", tokensBefore: 155_000 }),
      ["· context compacted (auto, 155,000 tokens before)"],
    ],
    [
      "a retry",
      event("api.retried", { attempt: 2, maxRetries: 10, delayMs: 1500, httpStatus: 529, error: "overloaded_error" }),
      ["· API retry 2 of 10, next in 1.5 s  HTTP 529 overloaded_error"],
    ],
    ["a routine status", event("status.reported", { status: "requesting" }), []],
    ["a rare status", event("status.reported", { status: "compacting" }), ["· status: compacting"]],
    [
      "a notice",
      event("notice.reported", { text: "Plan limit near", level: "warning" }),
      ["· Claude Code says  Plan limit near"],
    ],
    [
      "a notice of the host",
      event("notice.reported", { text: "A budget is used up", level: "warning", speaker: "switchboard" }),
      ["· Switchboard says  A budget is used up"],
    ],
    ["stderr", event("stderr.written", { text: "one\ntwo\n" }), ["· stderr", "  one", "  two"]],
    [
      "an unknown message",
      event("message.unrecognised", {
        reason: "unknown_type",
        messageType: "novelty",
        raw: '{"type":"novelty"}',
        omittedChars: 0,
      }),
      ['· unknown message “novelty”  {"type":"novelty"}'],
    ],
    [
      "a payload receipt",
      event("payload.advanced", { payloadId: "y", kind: "block", state: "failed", reason: "session gone" }),
      ["block failed"],
    ],
    [
      "a permission request",
      event("permission.requested", { permission: samplePermission() }),
      ["? permission for Bash  npm test  waits in the inbox"],
    ],
    [
      "a decision",
      event("permission.settled", { permission: samplePermission({ status: "denied", decision }) }),
      ["✕ Bash denied by browser, after 3.0 s, turn interrupted", "  “Use the staging one.”"],
    ],
    [
      "a withdrawn permission",
      event("permission.settled", {
        permission: samplePermission({ status: "withdrawn", settledReason: "interrupted" }),
      }),
      ["! permission for Bash withdrawn: interrupted"],
    ],
    [
      "a budget's threshold",
      event("budget.crossed", { alert: anAlert() }),
      ["· budget “Everything today”: 80 % used  $8.02 of $10.00."],
    ],
    [
      "a budget's limit",
      event("budget.crossed", { alert: anAlert({ percent: 100, spent: 10.02, action: "interrupt" }) }),
      ["· budget “Everything today” is used up  $10.02 of $10.00. Running turns were stopped, and new ones are held."],
    ],
    ["a clean exit", event("process.exited", exit), ["· claude process ended with code 0"]],
    [
      "a crash",
      event("process.exited", {
        ...exit,
        expected: false,
        exitCode: null,
        signal: "SIGKILL",
        reason: "Resume it.",
        stderrTail: "boom\n",
      }),
      ["· claude process ended by SIGKILL  boom"],
    ],
    ["a mode", event("session.modeChanged", { permissionMode: "plan" }), ["· permission mode is now plan"]],
  ])("%s", (_name, one, lines) => {
    expect(screen(one)).toEqual(lines.length === 0 ? [""] : [...lines, ""]);
  });

  test("settings that are told again are shown once", () => {
    const settings = {
      cwd: "/p",
      model: "claude-opus-5-5",
      permissionMode: "default",
      cliVersion: "2.1.329",
      apiKeySource: null,
      tools: ["Bash"],
      slashCommands: [],
      mcpServers: [{ name: "db", status: "failed" }],
    };
    const make = sampleEvents();
    expect(screen(make("session.initialized", settings), make("session.initialized", settings))).toEqual([
      "· claude-opus-5-5 · mode default · 1 tools · Claude Code 2.1.329 · MCP db failed",
      "",
    ]);
  });
});

describe("untrusted content", () => {
  const evil = fc
    .array(fc.constantFrom("\u001b", "\u009b", "[2J", "]52;c;x", "\u0007", "\r", "\n", "\u202e", "text "), {
      maxLength: 20,
    })
    .map((parts) => parts.join(""));

  test("no escape sequence of it survives, whatever the event", () => {
    fc.assert(
      fc.property(evil, (text) => {
        const { ansi } = renderEvents(eventsWith(text));
        // oxlint-disable-next-line no-control-regex -- our own styles and the one redraw are all that may be there
        const rest = ansi.replaceAll(OWN_STYLE, "").replaceAll("\r\u001b[2K", "").replaceAll("\r\n", "");
        // oxlint-disable-next-line no-control-regex -- what must not be there
        expect(rest).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202e]/u);
      }),
      { numRuns: 500 },
    );
  });
});

function eventsWith(text: string): readonly SessionEvent[] {
  const make = sampleEvents();
  const none = { parentToolUseId: null } as const;
  return [
    make("session.created", {
      projectPath: text,
      title: text,
      origin: "new",
      parentSessionId: null,
      model: text,
      permissionMode: text,
      gitBranch: text,
      history: null,
    }),
    make("session.initialized", {
      cwd: text,
      model: text,
      permissionMode: text,
      cliVersion: text,
      apiKeySource: text,
      tools: [],
      slashCommands: [],
      mcpServers: [{ name: text, status: text }],
    }),
    make("session.modelChanged", { model: text }),
    make("session.renamed", { title: text, source: "person" }),
    make("user.textAdded", { messageId: null, text, payloadId: null, origin: "peer", ...none }),
    make("assistant.delta", textDelta(text)),
    make("assistant.delta", textDelta(text, "thinking")),
    make("assistant.textAdded", { messageId: "m9", text, model: null, ...none }),
    make("tool.called", { toolUseId: "t", messageId: "m", name: text, input: { [text]: text }, ...none }),
    make("tool.finished", { toolUseId: "t", isError: true, output: text, omittedChars: 0, ...none }),
    make("tool.denied", { toolUseId: null, toolName: text, message: text }),
    make("task.updated", { taskId: "k", status: text, text }),
    make("context.compacted", { trigger: text, tokensBefore: null }),
    make("payload.accepted", { payload: samplePayload({ sender: text }) }),
    make("permission.requested", { permission: samplePermission({ displayName: text, input: { command: text } }) }),
    make("permission.settled", { permission: samplePermission({ status: "expired", settledReason: text }) }),
    make("budget.crossed", { alert: anAlert({ budgetName: text }) }),
    make("api.retried", { attempt: 1, maxRetries: null, delayMs: null, httpStatus: null, error: text }),
    make("notice.reported", { text, level: text }),
    make("hook.reported", { name: text, hookEvent: text, phase: "finished", outcome: text, output: text }),
    make("rateLimit.reported", { status: text, raw: text }),
    make("message.unrecognised", { reason: "not_json", messageType: text, raw: text, omittedChars: 0 }),
    make("control.unknownReceived", { subtype: text, raw: text }),
    make("stderr.written", { text }),
    make("process.exited", {
      pid: null,
      exitCode: null,
      signal: text,
      expected: false,
      reason: text,
      stderrTail: text,
    }),
  ];
}
