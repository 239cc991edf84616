import { describe, expect, test } from "vitest";
import { seekInEvents } from "../../../../renderer/stores/markedEvents.ts";
import type { JumpMark } from "../../../../renderer/stores/jumpStore.ts";
import type { EventDraft, SessionEvent } from "../../../../shared/model/event.ts";
import { sampleEvent } from "./samples.ts";

const own = { parentToolUseId: null } as const;
const inner = { parentToolUseId: "agent" } as const;
const ended = { turnId: null, payloadIds: [], subtype: "success", terminalReason: null, errorText: null } as const;
const untold = { durationMs: null, modelTurns: null, totalCostUsd: null, costUsd: null, usage: null } as const;

function user(origin: "person" | "cli", parent: { readonly parentToolUseId: string | null } = own): EventDraft {
  return { type: "user.textAdded", data: { messageId: null, text: "x", payloadId: null, origin, ...parent } };
}

function text(words: string): EventDraft {
  return { type: "assistant.textAdded", data: { messageId: "m", text: words, model: null, ...own } };
}

function called(name: string, parent: { readonly parentToolUseId: string | null } = own): EventDraft {
  return { type: "tool.called", data: { toolUseId: "t", messageId: "m", name, input: {}, ...parent } };
}

function finished(isError: boolean): EventDraft {
  return { type: "tool.finished", data: { toolUseId: "t", isError, output: "", omittedChars: 0, ...own } };
}

function turn(outcome: "success" | "error"): EventDraft {
  return { type: "turn.completed", data: { ...ended, outcome, ...untold } };
}

function events(...drafts: readonly EventDraft[]): readonly SessionEvent[] {
  return drafts.map((draft, index) => sampleEvent(index + 1, draft));
}

/** The places of all marks, found one after the other. */
function places(list: readonly SessionEvent[], mark: JumpMark): readonly number[] {
  const found: number[] = [];
  for (;;) {
    const seq = seekInEvents(list, { mark, direction: "next" }, found.at(-1) ?? null);
    if (seq === null) return found;
    found.push(seq);
  }
}

describe("marks among events", () => {
  test.each<readonly [JumpMark, readonly SessionEvent[], readonly number[]]>([
    ["turn", events(user("person"), user("cli"), user("person", inner), user("person")), [1, 4]],
    ["error", events(finished(false), finished(true), turn("success"), turn("error")), [2, 4]],
    ["change", events(called("Read"), called("Edit"), called("Write", inner), called("NotebookEdit")), [2, 4]],
    [
      "question",
      events(
        called("AskUserQuestion"),
        text("Shall I?"),
        called("Read"),
        text("Or this?"),
        turn("success"),
        text("Done."),
        turn("success"),
      ),
      [1, 4],
    ],
  ])("%s", (mark, list, seqs) => {
    expect(places(list, mark)).toEqual(seqs);
  });

  test.each([
    ["next", null, 1],
    ["next", 1, 2],
    ["next", 3, null],
    ["previous", null, 3],
    ["previous", 3, 2],
    ["previous", 1, null],
  ] as const)("%s from %s is %s", (direction, from, seq) => {
    const list = events(user("person"), user("person"), user("person"));
    expect(seekInEvents(list, { mark: "turn", direction }, from)).toBe(seq);
  });
});
