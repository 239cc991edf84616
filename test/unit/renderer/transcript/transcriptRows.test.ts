import { anAlert } from "../../../support/budgetSamples.ts";
import { describe, expect, test } from "vitest";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import { renderPayload } from "../../../../shared/payloads/renderPayload.ts";
import { followEvents, nothingFollowed } from "../../../../renderer/views/transcript/followEvents.ts";
import { openRows } from "../../../../renderer/views/transcript/openRows.ts";
import { rowMarkdown } from "../../../../renderer/views/transcript/rowText.ts";
import { emptyTranscript, extendTranscript } from "../../../../renderer/views/transcript/transcriptRows.ts";
import { sampleEvents, samplePayload, samplePermission } from "../terminal/sampleEvents.ts";

const none = { parentToolUseId: null } as const;

function rowsOf(events: readonly SessionEvent[]) {
  return extendTranscript(emptyTranscript, events).rows;
}

/** Rows as `kind depth words`, enough to see order and nesting. */
function outline(events: readonly SessionEvent[]): readonly string[] {
  return rowsOf(events).map((row) => `${row.kind} ${row.depth} ${rowMarkdown(row).split("\n")[0]}`);
}

describe("transcript rows", () => {
  test("join a tool call and its result", () => {
    const make = sampleEvents();
    const call = make("tool.called", {
      toolUseId: "t1",
      messageId: "m",
      name: "Bash",
      input: { command: "ls" },
      ...none,
    });
    const result = make("tool.finished", { toolUseId: "t1", isError: false, output: "a\nb", omittedChars: 3, ...none });
    expect(rowsOf([call, result])).toEqual([
      {
        kind: "tool",
        key: "tool:t1",
        at: call.at,
        seq: call.seq,
        depth: 0,
        toolUseId: "t1",
        name: "Bash",
        input: { command: "ls" },
        state: "succeeded",
        output: "a\nb",
        omittedChars: 3,
        finishedAt: result.at,
      },
    ]);
  });

  test.each([
    [
      "an error",
      [["tool.finished", { toolUseId: "t1", isError: true, output: "no", omittedChars: 0, ...none }]],
      "failed",
    ],
    [
      "a denial, whose error result follows",
      [
        ["tool.denied", { toolUseId: "t1", toolName: "Bash", message: "denied" }],
        ["tool.finished", { toolUseId: "t1", isError: true, output: "no", omittedChars: 0, ...none }],
      ],
      "denied",
    ],
    ["nothing yet", [], "running"],
  ] as const)("tell a call that got %s", (_name, later, state) => {
    const make = sampleEvents();
    const call = make("tool.called", { toolUseId: "t1", messageId: "m", name: "Bash", input: {}, ...none });
    const events = later.map(([type, data]) => make(type, data as never));
    expect(rowsOf([call, ...events])).toMatchObject([{ kind: "tool", state }]);
  });

  test("show a result whose call is not loaded", () => {
    const make = sampleEvents();
    expect(
      rowsOf([make("tool.finished", { toolUseId: "t9", isError: false, output: "x", omittedChars: 0, ...none })]),
    ).toMatchObject([{ kind: "tool", name: null, state: "succeeded", output: "x" }]);
  });

  test("nest sub-agents under their call", () => {
    const make = sampleEvents();
    expect(
      outline([
        make("tool.called", { toolUseId: "t1", messageId: "m", name: "Task", input: {}, ...none }),
        make("tool.called", { toolUseId: "t2", messageId: "m2", name: "Task", input: {}, parentToolUseId: "t1" }),
        make("assistant.textAdded", { messageId: "m3", text: "deep", model: null, parentToolUseId: "t2" }),
        make("assistant.thinkingAdded", { messageId: "m4", text: "hm", parentToolUseId: "t1" }),
        make("assistant.textAdded", { messageId: "m5", text: "top", model: null, ...none }),
      ]),
    ).toEqual([
      "tool 0 **Task** (running)",
      "tool 1 **Task** (running)",
      "text 2 deep",
      "thinking 1 > hm",
      "text 0 top",
    ]);
  });

  test("move a payload to where it entered the conversation and keep its receipts", () => {
    const make = sampleEvents();
    const payload = samplePayload();
    const text = renderPayload(payload);
    const events = [
      make("payload.accepted", { payload }),
      make("payload.advanced", { payloadId: "y1", kind: "warning", state: "queued" }),
      make("assistant.textAdded", { messageId: "m", text: "meanwhile", model: null, ...none }),
      make("user.textAdded", { messageId: null, text, payloadId: "y1", origin: "payload", ...none }),
      make("payload.advanced", { payloadId: "y1", kind: "warning", state: "answered" }),
      make("payload.advanced", { payloadId: "y1", kind: "warning", state: "answered" }),
    ];
    expect(rowsOf(events.slice(0, 3)).map((row) => row.kind)).toEqual(["payload", "text"]);
    const rows = rowsOf(events);
    expect(rows.map((row) => row.kind)).toEqual(["text", "user"]);
    expect(rows[1]).toMatchObject({
      frame: { kind: "warning", body: "Mind the budget." },
      payload: { receipt: "answered", receipts: [{ state: "accepted" }, { state: "queued" }, { state: "answered" }] },
    });
  });

  test("keep a request and its decision in one row", () => {
    const make = sampleEvents();
    const settled = samplePermission({ status: "withdrawn", settledReason: "interrupted" });
    const events = [
      make("permission.requested", { permission: samplePermission() }),
      make("permission.settled", { permission: settled }),
      make("permission.outcomeKnown", { permissionId: "p1", outcome: "failed" }),
    ];
    expect(rowsOf(events)).toEqual([
      {
        kind: "permission",
        key: "permission:p1",
        at: settled.requestedAt,
        seq: 1,
        depth: 0,
        permission: { ...settled, outcome: "failed" },
      },
    ]);
  });

  test("leave out what says nothing and what repeats", () => {
    const make = sampleEvents();
    const settings = {
      cwd: "/p",
      model: "m",
      permissionMode: "default",
      cliVersion: "2.1.329",
      apiKeySource: null,
      tools: [],
      slashCommands: [],
      mcpServers: [],
    };
    expect(
      outline([
        make("session.initialized", settings),
        make("usage.recorded", {
          messageId: "m",
          requestId: null,
          model: null,
          usage: { input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
          ...none,
        }),
        make("session.activityChanged", { activity: { kind: "working" } }),
        make("session.initialized", settings),
        make("session.initialized", { ...settings, permissionMode: "plan" }),
      ]),
    ).toEqual([
      "mark 0 *m · mode default · 0 tools · Claude Code 2.1.329*",
      "mark 0 *m · mode plan · 0 tools · Claude Code 2.1.329*",
    ]);
  });

  test("leave out text that says nothing", () => {
    const make = sampleEvents();
    expect(rowsOf([make("assistant.textAdded", { messageId: "m", text: "\n", model: null, ...none })])).toEqual([]);
  });

  test("keep unknown messages as they came", () => {
    const make = sampleEvents();
    const raw = '{"type":"novelty"}';
    expect(
      rowsOf([make("message.unrecognised", { reason: "unknown_type", messageType: "novelty", raw, omittedChars: 0 })]),
    ).toMatchObject([{ kind: "mark", mark: { tone: "plain", title: "unknown message “novelty”", detail: raw } }]);
  });
});

test("show where the conversation was cut", () => {
  const make = sampleEvents();
  expect(rowsOf([make("context.compacted", { trigger: "auto", tokensBefore: 154_332 })])).toMatchObject([
    { kind: "mark", divides: true, mark: { title: "context compacted (auto, 154,332 tokens before)" } },
  ]);
});

test("tell of a budget's threshold", () => {
  const make = sampleEvents();
  expect(outline([make("budget.crossed", { alert: anAlert() })])).toEqual([
    "mark 0 *budget “Everything today”: 80 % used*",
  ]);
});

test("name what was put beside a message", () => {
  const make = sampleEvents();
  expect(outline([make("attachment.added", { kind: "nested_memory", name: "CLAUDE.md", ...none })])).toEqual([
    "mark 0 *attached nested memory CLAUDE.md*",
  ]);
});

describe("following events", () => {
  const make = sampleEvents();
  const events = ["a", "b", "c", "d"].map((text) =>
    make("assistant.textAdded", { messageId: text, text, model: null, ...none }),
  );

  test("applies only what was added and gives what building anew gives", () => {
    const first = followEvents(nothingFollowed, events.slice(1, 3));
    const longer = followEvents(first, events.slice(1));
    expect(longer.transcript).toEqual(extendTranscript(emptyTranscript, events.slice(1)));
    expect(longer.transcript.rows[0]).toBe(first.transcript.rows[0]);
    expect(followEvents(longer, longer.events)).toBe(longer);
  });

  test.each([
    ["an older page", events],
    ["another session", events.slice(0, 1)],
    ["nothing", []],
  ])("builds anew for %s", (_name, next) => {
    const before = followEvents(nothingFollowed, events.slice(2));
    expect(followEvents(before, next).transcript).toEqual(extendTranscript(emptyTranscript, next));
  });
});

test("blocks that are being written stand at the end", () => {
  const make = sampleEvents();
  const transcript = extendTranscript(emptyTranscript, [
    make("tool.called", { toolUseId: "t1", messageId: "m", name: "Task", input: {}, ...none }),
  ]);
  const block = { messageId: "m1", blockIndex: 0, block: "text", text: "hal", parentToolUseId: "t1" } as const;
  const at = transcript.rows[0]?.at;
  const empty = { ...block, blockIndex: 2, text: "\n" } as const;
  expect(openRows([block, { ...block, blockIndex: 1, block: "toolInput" }, empty], transcript)).toEqual([
    { kind: "text", key: "open:m1:0", at, seq: 1, depth: 1, text: "hal", streaming: true },
    { kind: "toolDraft", key: "open:m1:1", at, seq: 1, depth: 1, text: "hal" },
  ]);
});
