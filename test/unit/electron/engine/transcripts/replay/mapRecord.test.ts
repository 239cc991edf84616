import { describe, expect, it } from "vitest";
import { eventSchemas } from "../../../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../../../shared/model/json.ts";
import { mapRecord } from "../../../../../../electron/engine/transcripts/replay/mapRecord.ts";
import { sampleEvents, sampleRecords, told } from "./transcriptFixture.ts";

const ended = "turn success completed";

describe("what real transcripts tell", () => {
  const situations: Readonly<Record<string, readonly unknown[]>> = {
    questionAnswered: [
      "turn started",
      "person: ASK_QUESTION",
      expect.stringMatching(/^AskUserQuestion \{"questions":\[\{"question":"Which database/u),
      expect.stringMatching(/^result: Your questions have been answered/u),
      expect.stringMatching(/^assistant: /u),
      ended,
    ],
    queued: [
      "turn started",
      expect.stringMatching(/^person: RUN_BASH/u),
      expect.stringMatching(/^Bash /u),
      expect.stringMatching(/^result: /u),
      "person: Mind the gap",
      expect.stringMatching(/^assistant: /u),
      ended,
      "turn started",
      "person: SAY later",
      "assistant: later",
      ended,
    ],
    interruptedTool: [
      "turn started",
      expect.stringMatching(/^person: RUN_BASH/u),
      expect.stringMatching(/^Bash /u),
      expect.stringMatching(/^failed: The user doesn't want to proceed/u),
      "turn interrupted aborted_tools",
    ],
    interruptedStream: [
      "turn started",
      "person: HANG",
      "assistant: Started and waiting.  ",
      "turn interrupted aborted_streaming",
    ],
    error529: [
      "turn started",
      "person: SAY before",
      "assistant: before",
      ended,
      "turn started",
      "person: ERROR_529 final",
      "turn error api_error API Error: 529 Overl",
    ],
    autoCompacted: [
      "turn started",
      "person: SAY before",
      "assistant: before",
      ended,
      "turn started",
      "person: FULL_BASH echo full",
      expect.stringMatching(/^Bash /u),
      "result: full",
      expect.stringMatching(/^context\.compacted \{"trigger":"auto","tokensBefore":\d+\}$/u),
      expect.stringMatching(/^cli: This session is being continued/u),
      expect.stringMatching(/^assistant: /u),
      ended,
    ],
    commands: [
      "person: /usage",
      expect.stringMatching(/^cli: Estimated cost/u),
      "turn started",
      "person: /greet the world",
      "cli: SAY greetings to the world\n",
      expect.stringMatching(/^assistant: /u),
      ended,
    ],
    backgroundSubagent: [
      "turn started",
      "person: BACKGROUND_SUBAGENT SAY the report",
      expect.stringMatching(/^Agent /u),
      expect.stringMatching(/^result: Async agent launched/u),
      expect.stringMatching(/^assistant: /u),
      ended,
      "turn started",
      expect.stringMatching(/^task\.finished \{"taskId":"\w+","status":"completed","summary":"Agent /u),
      expect.stringMatching(/^assistant: /u),
      ended,
    ],
    silentContext: [
      "person: The build is green",
      "turn started",
      "person: SAY noted",
      expect.stringMatching(/^assistant: /u),
      ended,
    ],
    hooks: [
      "turn started",
      "person: RUN_BASH: echo hooked",
      expect.stringMatching(/^hook\.reported \{"name":"UserPromptSubmit",.*"outcome":"added context"/u),
      expect.stringMatching(/^Bash /u),
      "result: hooked",
      expect.stringMatching(/^hook\.reported \{"name":"PostToolUse:Bash",.*"outcome":"su/u),
      expect.stringMatching(/^hook\.reported \{"name":"PostToolUse:Bash",.*"outcome":"ad/u),
      expect.stringMatching(/^assistant: /u),
      ended,
      expect.stringMatching(/^hook\.reported \{"name":"Stop",.*"outcome":"success","output":"stopped/u),
    ],
    hooksInTheWay: [
      "turn started",
      "person: RUN_BASH: echo hooked",
      expect.stringMatching(/^hook\.reported \{"name":"UserPromptSubmit",.*"outcome":"error"/u),
      expect.stringMatching(/^Bash /u),
      expect.stringMatching(/^failed: PreToolUse:Bash hook error/u),
      expect.stringMatching(/^assistant: The Bash tool was refused/u),
      ended,
      "cli: Stop hook feedback:\nSAY gone on",
      expect.stringMatching(/^hook\.reported \{"name":"Stop",.*"outcome":"blocked","output":"SAY gone on/u),
      "assistant: gone on",
      ended,
    ],
    image: [
      "turn started",
      "person: SAY a pixel\n[image image/png]",
      expect.stringMatching(/^assistant: /u),
      ended,
      "turn started",
      "person: [image image/png]",
      expect.stringMatching(/^assistant: /u),
      ended,
    ],
    mention: [
      "turn started",
      "person: SAY what does @note.txt say",
      'attachment.added {"kind":"file","name":"note.txt","parentToolUseId":null}',
      "assistant: what does @note.txt say",
      ended,
    ],
    thinking: [
      "turn started",
      "person: THINK about the weather",
      expect.stringMatching(/^thinking: Let me consider/u),
      expect.stringMatching(/^assistant: Having thought/u),
      ended,
    ],
    branched: [
      ...["one", "two, which is taken back", "three, after one"].flatMap((words) => [
        "turn started",
        `person: SAY ${words}`,
        `assistant: ${words}`,
        ended,
      ]),
    ],
    pullRequest: [
      "turn started",
      expect.stringMatching(/^person: RUN_BASH/u),
      expect.stringMatching(/^Bash /u),
      expect.stringMatching(/^result: https:/u),
      'notice.reported {"text":"Pull request #7 created: https://github.com/me/app/pull/7","level":null}',
      expect.stringMatching(/^assistant: /u),
      ended,
    ],
  };
  it.each(Object.entries(situations))("%s", async (situation, expected) => {
    expect(await sampleEvents(situation)).toEqual(expected);
  });

  it("tells a message's tokens once, with its final numbers", async () => {
    const [, usage] = (await sampleRecords("thinking"))
      .map((record) => ({ ...record, apiBlockIndex: blockIndex(record) }))
      .flatMap((record) => mapRecord(record))
      .filter(({ type }) => type === "usage.recorded" || type === "assistant.thinkingAdded");
    expect(usage).toEqual({
      type: "usage.recorded",
      data: {
        messageId: "msg_t00001",
        requestId: "req_t00001",
        model: "claude-opus-5-5",
        usage: { input: 101, output: 13, cacheRead: 7, cacheWrite5m: 11, cacheWrite1h: 13 },
        parentToolUseId: null,
      },
    });
  });

  it("makes events of the shapes that the contract promises", async () => {
    for (const situation of ["tools", "hooks", "queued", "backgroundSubagent", "compacted", "image", "planAllowed"]) {
      for (const { type, data } of (await sampleRecords(situation)).flatMap((record) => mapRecord(record))) {
        expect({ type, ...eventSchemas[type].safeParse(data) }).toMatchObject({ type, success: true });
      }
    }
  });
});

function blockIndex(record: JsonObject): number {
  return JSON.stringify(record).includes('"type":"thinking"') ? 0 : 1;
}

describe("records that the samples lack", () => {
  const user = (content: string | readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
    type: "user",
    uuid: "u1",
    message: { role: "user", content },
    ...more,
  });
  const cases: readonly (readonly [string, JsonObject, readonly string[]])[] = [
    ["a prompt of an older version", user("do it"), ["turn started", "person: do it"]],
    [
      "words of another session",
      user("hello", { origin: { kind: "peer", from: "x" }, turnPosition: {} }),
      ["turn started", "peer: hello"],
    ],
    [
      "a message from another session's inbox",
      user(
        "Another Claude session sent a message:\nSAY hi\n\nThis came from another Claude session — not typed by your user.",
        { isMeta: true, origin: { kind: "peer", from: "unknown" }, turnPosition: { turnIndex: 5 } },
      ),
      ["turn started", "peer: SAY hi"],
    ],
    [
      "a shell command's output that the model answers",
      user("<bash-stdout>a</bash-stdout><bash-stderr></bash-stderr>", { turnPosition: { turnIndex: 3 } }),
      ["turn started", "cli: a"],
    ],
    [
      "a command of a terminal",
      {
        type: "system",
        subtype: "local_command",
        content: "<command-name>/rename</command-name>\n<command-args>It</command-args>",
      },
      ["person: /rename It"],
    ],
    ["how long a turn took", { type: "system", subtype: "turn_duration", durationMs: 171 }, []],
    ["a mode of a terminal", { type: "permission-mode", permissionMode: "plan" }, []],
    [
      "reminders beside words",
      user([
        { type: "text", text: "<system-reminder>mind</system-reminder>" },
        { type: "text", text: "do it" },
      ]),
      ["turn started", "person: do it"],
    ],
    ["a reminder alone", user("<system-reminder>mind</system-reminder>"), ["cli: mind"]],
    ["a shell command", user("<bash-input>ls</bash-input>"), ["person: ! ls"]],
    ["what it printed", user("<bash-stdout>a</bash-stdout><bash-stderr>b</bash-stderr>"), ["cli: a\nb"]],
    ["a remark about commands", user("<local-command-caveat>x</local-command-caveat>", { isMeta: true }), []],
    ["empty output", user("<local-command-stdout></local-command-stdout>"), []],
    [
      "a renamed session",
      { type: "ai-title", aiTitle: "Fix it" },
      ['session.renamed {"title":"Fix it","source":"cli"}'],
    ],
    ["a summary", { type: "summary", summary: "Was" }, ['session.renamed {"title":"Was","source":"cli"}']],
    [
      "an API error that is tried again",
      {
        type: "system",
        subtype: "api_error",
        retryAttempt: 2,
        maxRetries: 10,
        retryInMs: 500.4,
        error: { status: 529 },
      },
      ['api.retried {"attempt":2,"maxRetries":10,"delayMs":500,"httpStatus":529,"error":""}'],
    ],
    [
      "a notice",
      { type: "system", subtype: "informational", content: "Mind", level: "warning" },
      ['notice.reported {"text":"Mind","level":"warning"}'],
    ],
    [
      "a message taken back",
      { type: "queue-operation", operation: "remove", content: "wait" },
      ['notice.reported {"text":"Taken out of the queue: wait","level":null}'],
    ],
    [
      "the limit of turns",
      { type: "attachment", attachment: { type: "max_turns_reached", maxTurns: 3 } },
      ["turn error max_turns Stopped after 3 mode"],
    ],
    [
      "an attachment without a name",
      { type: "attachment", attachment: { type: "invoked_skills" } },
      ['attachment.added {"kind":"invoked_skills","name":"invoked skills","parentToolUseId":null}'],
    ],
    ["bookkeeping", { type: "cost-state", totalCostUSD: 1 }, []],
    [
      "a type that is not known",
      { type: "brand-new", x: 1 },
      ['message.unrecognised {"reason":"unknown_type","messageType":"brand-new","raw":"{\\"type\\":\\"brand-new\\",'],
    ],
    [
      "a system record that is not known",
      { type: "system", subtype: "novel" },
      ['message.unrecognised {"reason":"unknown_type","messageType":"system/novel","raw":"{\\"type\\":\\"s'],
    ],
    [
      "a known type of another shape",
      { type: "assistant", message: "text" },
      ['message.unrecognised {"reason":"unexpected_shape","messageType":"assistant","raw":"{\\"type\\":\\"as'],
    ],
    [
      "a record without a type",
      { x: 1 },
      ['message.unrecognised {"reason":"unexpected_shape","messageType":null,"raw":"{\\"x\\":1}","omittedCha'],
    ],
  ];
  it.each(cases)("%s", (_, record, expected) => {
    expect(mapRecord(record).flatMap(told)).toEqual(expected.map((words) => expect.stringContaining(words)));
    expect(mapRecord(record).flatMap(told)).toHaveLength(expected.length);
  });

  it("tells mode and branch with a prompt, but no branch where there is none", () => {
    const settings = (gitBranch: string) =>
      mapRecord(user("x", { permissionMode: "plan", gitBranch })).filter(({ type }) => type.startsWith("session."));
    expect(settings("main")).toEqual([
      { type: "session.branchChanged", data: { gitBranch: "main" } },
      { type: "session.modeChanged", data: { permissionMode: "plan" } },
    ]);
    expect(settings("HEAD")).toEqual([{ type: "session.modeChanged", data: { permissionMode: "plan" } }]);
  });

  it("gives a sub-agent's records their parent, and no turns", () => {
    const records = [
      user("find it", { isSidechain: true }),
      {
        type: "assistant",
        isSidechain: true,
        message: { id: "m", stop_reason: "end_turn", content: [{ type: "text", text: "found" }] },
      },
    ];
    expect(records.flatMap((record) => mapRecord(record, "toolu_1"))).toEqual([
      {
        type: "user.textAdded",
        data: { messageId: "u1", text: "find it", payloadId: null, origin: "cli", parentToolUseId: "toolu_1" },
      },
      { type: "assistant.textAdded", data: { messageId: "m", text: "found", model: null, parentToolUseId: "toolu_1" } },
    ]);
  });
});
