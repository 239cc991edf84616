/** The past of a session of which only the newest events are kept. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { findJoinMark, type JoinMark } from "../../../../../electron/engine/observation/sessionHistoryJoin.ts";
import { readTranscriptPage } from "../../../../../electron/engine/transcripts/replay/transcriptPage.ts";
import { transcriptSeq } from "../../../../../electron/engine/transcripts/replay/transcriptSeq.ts";
import { asked, FakeHistory, wordsIn } from "./fakeHistory.ts";
import { SESSION_ID } from "./observationFixture.ts";

/** A session that was run here, said this, and keeps the newest events of it. */
function spoken(words: readonly string[], keep: number): FakeHistory {
  const fake = new FakeHistory();
  fake.begin(SESSION_ID);
  for (const word of words) {
    if (word.startsWith("call")) fake.callHere(SESSION_ID, word);
    else fake.sayHere(SESSION_ID, word);
  }
  fake.trim(SESSION_ID, keep);
  return fake;
}

describe("a session whose older events were trimmed", () => {
  const words = ["one", "call-a", "two", "three", "call-b", "four", "call-c", "five"];

  it("goes on in its transcript before the oldest call that is kept", async () => {
    const fake = spoken(words, 5);
    const newest = await fake.history.page(asked(SESSION_ID, 3));
    expect([wordsIn(newest.items), newest.hasOlder]).toEqual([["four", "call-c", "five"], true]);
    const before = { ...asked(SESSION_ID, 3), before: newest.items[0]?.seq ?? 0 };
    const middle = await fake.history.page(before);
    // "three" is kept too, and left to the transcript, which has all that is before the call.
    expect([wordsIn(middle.items), middle.hasOlder, middle.hasNewer]).toEqual([["call-b"], true, true]);
    const older = await fake.history.page({ ...before, before: middle.items[0]?.seq ?? 0 });
    expect([wordsIn(older.items), older.hasOlder, older.hasNewer]).toEqual([["call-a", "two", "three"], true, true]);
    expect(older.items.every(({ seq }) => seq < 0)).toBe(true);
    const first = await fake.history.page({ ...before, before: older.items[0]?.seq ?? 0 });
    expect([wordsIn(first.items), first.hasOlder]).toEqual([["one"], false]);
    // From the beginning of what is kept.
    const kept = await fake.history.page({ ...asked(SESSION_ID, 2), after: 0 });
    expect([wordsIn(kept.items), kept.hasOlder, kept.hasNewer]).toEqual([["call-b", "four"], true, true]);
  });

  it("has nothing older when the transcript is gone, or does not have that call", async () => {
    const gone = spoken(words, 5);
    gone.loseTranscript(SESSION_ID);
    expect(wordsIn(await gone.pagesBack(SESSION_ID, () => 2))).toEqual(words.slice(3));
    const other = spoken(words, 5);
    other.loseTranscript(SESSION_ID);
    other.sayElsewhere(SESSION_ID, "another file");
    other.setOwner(SESSION_ID, "none");
    const oldest = await other.history.page({ ...asked(SESSION_ID, 9), after: 0 });
    expect([wordsIn(oldest.items), oldest.hasOlder]).toEqual([words.slice(3), false]);
  });

  it("is looked through for marks in the transcript, where what is kept has none", async () => {
    const fake = spoken(words, 5);
    const seek = { sessionId: SESSION_ID, mark: "turn", direction: "previous" } as const;
    const five = (await fake.history.seek(seek)) ?? 0;
    const four = (await fake.history.seek({ ...seek, from: five })) ?? 0;
    const { items } = await fake.history.page({ ...asked(SESSION_ID, 1), after: four - 1 });
    expect([four > 0, wordsIn(items)]).toEqual([true, ["four"]]);
    await fake.history.seek({ ...seek, from: four });
    expect(fake.sought).toEqual([
      { path: `/${SESSION_ID}.jsonl`, mark: "turn", direction: "previous", from: transcriptSeq(4 * 100) },
    ]);
  });
});

test("pages of any size join without gap or repetition, however much is kept", async () => {
  const world = fc.record({
    isCall: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
    keep: fc.integer({ min: 1, max: 14 }),
    sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(world, async ({ isCall, keep, sizes }) => {
      const words = isCall.map((call, index) => `${call ? "call" : "word"}-${String(index)}`);
      const fake = spoken(words, keep);
      const isWhole = keep > words.length;
      const kept = words.slice(-keep);
      const hasJoin = isWhole || kept.some((word) => word.startsWith("call"));
      let turn = 0;
      const size = (): number => {
        turn += 1;
        return sizes[turn % sizes.length] ?? 1;
      };
      const back = await fake.pagesBack(SESSION_ID, size);
      expect(wordsIn(back)).toEqual(hasJoin ? words : kept);
      expect(back.every(({ seq }, index) => index === 0 || seq > (back[index - 1]?.seq ?? seq))).toBe(true);
      const first = back[0]?.seq ?? 0;
      expect(wordsIn(await fake.pagesOn(SESSION_ID, first - 1, size))).toEqual(hasJoin ? words : kept);
    }),
    { numRuns: 300 },
  );
});

describe("a call in a transcript", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "switchboard-join-"));
    path = join(folder, "s1.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const place = { sessionId: "s1", timestamp: "2026-11-20T10:00:00.000Z" };
  const text = (words: string) => ({ type: "text", text: words });
  const call = (id: string) => ({ type: "tool_use", id, name: "Bash", input: { command: "ls" } });
  const says = (...content: readonly object[]) => {
    const message = { id: "msg_1", role: "assistant", model: "claude-opus-5-5", content };
    return `${JSON.stringify({ type: "assistant", message, uuid: crypto.randomUUID(), ...place })}\n`;
  };
  const result = (id: string) => {
    const content = [{ type: "tool_result", tool_use_id: id, content: `of ${id}` }];
    return `${JSON.stringify({ type: "user", message: { role: "user", content }, ...place })}\n`;
  };

  it("is found by its id, and what its record says before it comes before it", async () => {
    writeFileSync(path, says(text("first")) + says(text("now toolu_2"), call("toolu_2")) + result("toolu_2") + '{"cut');
    const data = { toolUseId: "toolu_2", messageId: "msg_1", name: "Bash", input: {}, parentToolUseId: null };
    const mark: JoinMark = { type: "tool.called", data, sessionId: "s1", seq: 7, at: place.timestamp };
    const found = await findJoinMark(path, mark);
    const page = await readTranscriptPage({ path, sessionId: "s1", place: { before: found ?? 0 }, limit: 10 });
    expect(page.items.map((event) => (event.type === "assistant.textAdded" ? event.data.text : event.type))).toEqual([
      "first",
      "now toolu_2",
    ]);
    const [next] = (await readTranscriptPage({ path, sessionId: "s1", place: { after: (found ?? 0) - 1 }, limit: 1 }))
      .items;
    expect(next).toMatchObject({ type: "tool.called", seq: found, data: { toolUseId: "toolu_2" } });
    const other = { ...mark, data: { ...data, toolUseId: "toolu_3" } };
    expect(await findJoinMark(path, other)).toBeNull();
    await expect(findJoinMark(join(folder, "none.jsonl"), mark)).rejects.toMatchObject({ code: "transcript_missing" });
  });
});
