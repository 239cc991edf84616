import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FileFacts } from "../../../../../electron/engine/transcripts/fileFacts.ts";
import type { MessageCopy } from "../../../../../electron/engine/transcripts/messageCopy.ts";
import { TranscriptScanner } from "../../../../../electron/engine/transcripts/scanTranscript.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-facts-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Read {
  readonly facts: FileFacts;
  readonly copies: readonly MessageCopy[];
}

async function read(records: readonly object[], isSubagentFile = false): Promise<Read> {
  const path = join(folder, "s1.jsonl");
  await writeFile(path, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  let last: Read | null = null;
  const task = { path, sessionId: "s1", isSubagentFile, earlier: null };
  new TranscriptScanner().scan(task, ({ facts, copies }) => {
    last = { facts, copies };
  });
  if (last === null) throw new Error("No part came.");
  return last;
}

function user(content: unknown, fields: object = {}): object {
  return { type: "user", message: { role: "user", content }, uuid: crypto.randomUUID(), sessionId: "s1", ...fields };
}

function assistant(fields: object = {}, model = "claude-opus-5-5"): object {
  const message = { id: "m1", model, content: [{ type: "text", text: "ok" }], usage: { output_tokens: 40 } };
  return { type: "assistant", message, requestId: "r1", sessionId: "s1", ...fields };
}

const text = (words: string): object => ({ type: "text", text: words });

describe("what a person said first, and how often", () => {
  const reminder = "<system-reminder>\nToday is Friday.\n</system-reminder>";
  const opened = "<ide_opened_file>The user opened /w/a.ts in the IDE.</ide_opened_file>";
  const selection = "<ide_selection>The user selected lines 1 to 2</ide_selection>";
  const command = "<command-message>greet</command-message>\n<command-name>/greet</command-name>";
  const side = { isSidechain: true };
  const cases: readonly (readonly [string, readonly object[], Partial<FileFacts>])[] = [
    ["plain words", [user("do it")], { firstPrompt: "do it", turnCount: 1 }],
    ["a sub-agent's, before", [user("dig", side), user("do it")], { firstPrompt: "do it", turnCount: 1 }],
    ["a sub-agent's, between", [user("do it"), user("dig", side), user("on")], { firstPrompt: "do it", turnCount: 2 }],
    ["a reminder block first", [user([text(reminder), text("do it")])], { firstPrompt: "do it", turnCount: 1 }],
    ["a reminder block last", [user([text("do it"), text(reminder)])], { firstPrompt: "do it", turnCount: 1 }],
    [
      "two of them first",
      [user([text(opened), text(reminder), text("do it")])],
      { firstPrompt: "do it", turnCount: 1 },
    ],
    ["a reminder before words", [user(`${reminder}\n\ndo it`)], { firstPrompt: "do it", turnCount: 1 }],
    ["both, in one block", [user([text(`${selection}${reminder} do it`)])], { firstPrompt: "do it", turnCount: 1 }],
    [
      "words behind one, then more",
      [user([text(`${opened}\none`), text("two")])],
      { firstPrompt: "one", turnCount: 1 },
    ],
    ["an open file alone", [user(opened), user("do it")], { firstPrompt: "do it", turnCount: 1 }],
    ["a selection alone", [user([text(selection)])], { firstPrompt: null, turnCount: 0 }],
    ["a reminder alone", [user([text(` \n${reminder}`)])], { firstPrompt: null, turnCount: 0 }],
    ["one that does not end", [user("<system-reminder>do it")], { firstPrompt: null, turnCount: 0 }],
    ["a reminder, then a command", [user(`${reminder}\n${command}`)], { firstCommand: "/greet", turnCount: 1 }],
    ["the same in two blocks", [user([text(reminder), text(command)])], { firstCommand: "/greet", turnCount: 1 }],
    ["a command's own output", [user("<local-command-stdout>x</local-command-stdout>\ny")], { turnCount: 0 }],
    ["tags of a person's own", [user("<b>do it</b>")], { firstPrompt: "<b>do it</b>", turnCount: 1 }],
    ["escapes", [user([text("\n\n"), text("do it")])], { firstPrompt: "do it", turnCount: 1 }],
  ];
  it.each(cases)("%s", async (_, records, facts) => {
    expect((await read(records)).facts).toMatchObject(facts);
  });

  it("in a sub-agent's own file is what that was told", async () => {
    expect((await read([user("dig", side)], true)).facts).toMatchObject({ firstPrompt: "dig", turnCount: 1 });
  });

  it("is not asked by a sub-agent's model", async () => {
    const { facts } = await read([assistant({}, "opus"), assistant({ ...side, requestId: "r2" }, "haiku")]);
    expect(facts).toMatchObject({ lastModel: "opus", models: ["opus", "haiku"] });
  });
});

describe("whose request a message was", () => {
  const cases: readonly (readonly [string, object, string, boolean, string | null])[] = [
    ["the file's own", {}, "s1", false, null],
    ["the file's own, as 2.1.329 says it", { requestSessionId: "s1" }, "s1", false, null],
    ["a fork's copy", { requestSessionId: "s0" }, "s0", true, "s0"],
    ["a fork's copy, of older versions", { forkedFrom: { sessionId: "s0" } }, "s0", true, "s0"],
    ["a resumed session's", { sessionId: "s0" }, "s0", true, "s0"],
    ["a fork of a fork", { requestSessionId: "s00", forkedFrom: { sessionId: "s0" } }, "s00", true, "s00"],
    ["a record without a session", { sessionId: undefined }, "s1", false, null],
  ];
  it.each(cases)("%s", async (_, fields, sessionId, isForkCopy, parentSessionId) => {
    const { facts, copies } = await read([assistant(fields)]);
    expect(copies).toMatchObject([{ sessionId, isForkCopy }]);
    expect(facts.parentSessionId).toBe(parentSessionId);
  });
});
