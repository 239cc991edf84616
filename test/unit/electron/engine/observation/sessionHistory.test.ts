import fc from "fast-check";
import { expect, test } from "vitest";
import { isParentPlace } from "../../../../../electron/engine/observation/parentPlaces.ts";
import { transcriptSeq } from "../../../../../electron/engine/transcripts/replay/transcriptSeq.ts";
import type { EventOf } from "../../../../../shared/model/event.ts";
import { asked, FakeHistory, wordsIn } from "./fakeHistory.ts";
import { SESSION_ID } from "./observationFixture.ts";

const PATH = `/${SESSION_ID}.jsonl`;

test("which end is the newer one: what is kept, or the transcript", () => {
  const fake = new FakeHistory();
  const { history } = fake;
  expect(history.newestTranscript(SESSION_ID)).toBeNull();
  fake.sayElsewhere(SESSION_ID, "elsewhere");
  expect(history.newestTranscript(SESSION_ID)).toBe(PATH);
  fake.begin(SESSION_ID);
  fake.sayHere(SESSION_ID, "here");
  expect(history.newestTranscript(SESSION_ID)).toBeNull();
  fake.end(SESSION_ID);
  expect(history.newestTranscript(SESSION_ID)).toBeNull();
  fake.setOwner(SESSION_ID, "observed");
  expect(history.newestTranscript(SESSION_ID)).toBe(PATH);
  fake.setOwner(SESSION_ID, "none");
  fake.wait(2_000);
  fake.sayElsewhere(SESSION_ID, "at once after the end");
  expect(history.newestTranscript(SESSION_ID)).toBe(PATH);
  fake.loseTranscript(SESSION_ID);
  expect(history.newestTranscript(SESSION_ID)).toBeNull();
});

test("a child that outlived its host may write its last records for a while", () => {
  const fake = new FakeHistory();
  fake.begin(SESSION_ID);
  fake.sayHere(SESSION_ID, "here");
  fake.endUnseen(SESSION_ID);
  fake.wait(5_000);
  fake.sayElsewhere(SESSION_ID, "its last words");
  expect(fake.history.newestTranscript(SESSION_ID)).toBeNull();
  fake.wait(10_000);
  fake.sayElsewhere(SESSION_ID, "another process");
  expect(fake.history.newestTranscript(SESSION_ID)).toBe(PATH);
});

test("a page that reaches a take-over begins with it, and the one before is the transcript's", async () => {
  const fake = new FakeHistory();
  fake.sayElsewhere(SESSION_ID, "one");
  fake.begin(SESSION_ID);
  fake.sayHere(SESSION_ID, "two");
  fake.end(SESSION_ID);
  fake.wait(60_000);
  fake.sayElsewhere(SESSION_ID, "three");
  fake.begin(SESSION_ID);
  fake.sayHere(SESSION_ID, "four");

  const newest = await fake.history.page(asked(SESSION_ID, 100));
  expect([wordsIn(newest.items), newest.hasOlder, newest.hasNewer]).toEqual([["four"], true, false]);
  expect(newest.items[0]?.type).toBe("session.created");
  expect(fake.history.newestKept(SESSION_ID, 100)).toEqual(newest);
  const before = { ...asked(SESSION_ID, 2), before: newest.items[0]?.seq ?? 0 };
  const older = await fake.history.page(before);
  expect([wordsIn(older.items), older.hasOlder, older.hasNewer]).toEqual([["two", "three"], true, true]);
  // Also a page between: from an event of what is kept.
  const between = await fake.history.page({ ...before, before: newest.items[1]?.seq ?? 0 });
  expect([between.items.map(({ type }) => type), between.hasOlder, between.hasNewer]).toEqual([
    ["session.created"],
    true,
    true,
  ]);
});

test("a session that is owned without a break is what is kept, over all of its processes", async () => {
  const fake = new FakeHistory();
  fake.begin(SESSION_ID);
  fake.sayHere(SESSION_ID, "one");
  fake.end(SESSION_ID);
  fake.begin(SESSION_ID);
  fake.sayHere(SESSION_ID, "two");
  const all = await fake.pagesBack(SESSION_ID, () => 2);
  expect(wordsIn(all)).toEqual(["one", "two"]);
  expect(all.every(({ seq }) => seq > 0)).toBe(true);
  const from = await fake.history.page({ ...asked(SESSION_ID, 3), after: 0 });
  expect([from.items, from.hasOlder, from.hasNewer]).toEqual([all.slice(0, 3), false, true]);
});

test("a fork's own places and its parent's are never taken for each other", async () => {
  const fake = new FakeHistory();
  for (const text of ["one", "two", "three"]) fake.sayElsewhere("parent", text);
  fake.begin("fork", { forkOf: "parent" });
  fake.sayHere("fork", "four");
  fake.sayElsewhere("parent", "parent only");

  const all = await fake.pagesBack("fork", () => 1);
  expect(wordsIn(all)).toEqual(["one", "two", "three", "four"]);
  expect(all.filter(({ seq }) => isParentPlace(seq))).toHaveLength(3);
  expect(all.every(({ sessionId, seq }) => sessionId === "fork" && Number.isSafeInteger(seq - 1))).toBe(true);
  const first = all[0]?.seq ?? 0;
  expect(await fake.pagesOn("fork", first - 1, () => 2)).toEqual(all);
  // A place in the fork's own transcript, as a search gives it.
  const found = await fake.history.page({ ...asked("fork", 1), after: transcriptSeq(100) - 1 });
  expect(wordsIn(found.items)).toEqual(["one"]);
  const start = await fake.history.page({ ...asked("fork", 1), after: transcriptSeq(0) - 1 });
  expect(wordsIn(start.items)).toEqual(["one"]);

  fake.loseTranscript("parent");
  const missing = { code: "transcript_missing" };
  await expect(fake.history.page({ ...asked("fork", 1), before: first })).rejects.toMatchObject(missing);
  await expect(fake.history.page({ ...asked("other", 1), before: first })).rejects.toMatchObject(missing);
});

test("what cannot be asked, and what is gone", async () => {
  const fake = new FakeHistory();
  const both = { ...asked(SESSION_ID, 1), after: 1, before: 2 };
  await expect(fake.history.page(both)).rejects.toMatchObject({ code: "bad_request" });
  const gone = { code: "transcript_missing" };
  await expect(fake.history.page({ ...asked(SESSION_ID, 1), after: -5 })).rejects.toMatchObject(gone);
  await expect(fake.history.page({ ...asked(SESSION_ID, 1), before: -5 })).rejects.toMatchObject(gone);
  await expect(fake.history.page({ ...asked(SESSION_ID, 1), subagent: "toolu_1" })).rejects.toMatchObject(gone);
  await expect(fake.history.transcriptEnd(SESSION_ID, 10, 1)).rejects.toMatchObject(gone);
  expect(await fake.history.page(asked(SESSION_ID, 1))).toEqual({ items: [], hasOlder: false, hasNewer: false });
});

test("pages of any size join without gap or repetition, wherever a session went", async () => {
  const stretch = fc.record({ where: fc.constantFrom("here", "elsewhere"), texts: fc.integer({ min: 0, max: 4 }) });
  const world = fc.record({
    isFork: fc.boolean(),
    stretches: fc.array(stretch, { maxLength: 6 }),
    isLive: fc.boolean(),
    sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(world, async ({ isFork, stretches, isLive, sizes }) => {
      const fake = new FakeHistory();
      const words: string[] = [];
      const speak = (say: (text: string) => void, count: number): void => {
        for (let index = 0; index < count; index += 1) {
          words.push(`word ${String(words.length)}`);
          say(words.at(-1) ?? "");
        }
      };
      if (isFork) {
        speak((text) => fake.sayElsewhere("parent", text), 3);
        fake.begin(SESSION_ID, { forkOf: "parent" });
        fake.sayElsewhere("parent", "of the parent alone");
        fake.end(SESSION_ID);
      }
      for (const [index, { where, texts }] of stretches.entries()) {
        fake.wait(60_000);
        if (where === "elsewhere") {
          speak((text) => fake.sayElsewhere(SESSION_ID, text), texts);
          continue;
        }
        fake.begin(SESSION_ID);
        speak((text) => fake.sayHere(SESSION_ID, text), texts);
        if (!isLive || index < stretches.length - 1) fake.end(SESSION_ID);
      }
      let turn = 0;
      const size = (): number => {
        turn += 1;
        return sizes[turn % sizes.length] ?? 1;
      };
      const back = await fake.pagesBack(SESSION_ID, size);
      expect(wordsIn(back)).toEqual(words);
      expect(back.every(({ seq }, index) => index === 0 || seq > (back[index - 1]?.seq ?? seq))).toBe(true);
      const first = back[0];
      if (first === undefined) return;
      expect(wordsIn(await fake.pagesOn(SESSION_ID, first.seq - 1, size))).toEqual(words);
    }),
    { numRuns: 300 },
  );
});

const seekParams = { sessionId: SESSION_ID, mark: "turn", direction: "previous" } as const;

test("where is looked for marks: in what is kept, and before a take-over in the transcript", async () => {
  const sought: { path: string; from?: number | undefined; direction: string }[] = [];
  const fake = new FakeHistory({
    seekMark: async (options) => {
      sought.push(options);
      return -7;
    },
  });
  fake.sayElsewhere(SESSION_ID, "one");
  expect(await fake.history.seek(seekParams)).toBe(-7);
  fake.begin(SESSION_ID);
  fake.sayHere(SESSION_ID, "two");
  const two = await fake.history.seek(seekParams);
  expect(two).toBe(2);
  expect(await fake.history.seek({ ...seekParams, from: two ?? 0 })).toBe(-7);
  expect(await fake.history.seek({ ...seekParams, from: -3 })).toBe(-7);
  expect(await fake.history.seek({ ...seekParams, direction: "next" })).toBe(-7);
  expect(await fake.history.seek({ ...seekParams, direction: "next", from: 1 })).toBe(2);
  expect(await fake.history.seek({ ...seekParams, direction: "next", from: 2 })).toBeNull();
  expect(sought.map(({ path, direction, from }) => [path, direction, from])).toEqual([
    [PATH, "previous", undefined],
    [PATH, "previous", transcriptSeq(100)],
    [PATH, "previous", -3],
    [PATH, "next", undefined],
  ]);
});

test("marks of a fork are looked for in what it was copied from, as far as that is its own past", async () => {
  let answer: number | null = transcriptSeq(100);
  const fake = new FakeHistory({ seekMark: async () => answer });
  for (const text of ["one", "two"]) fake.sayElsewhere("parent", text);
  fake.begin(SESSION_ID, { forkOf: "parent" });
  fake.sayHere(SESSION_ID, "three");
  const three = (await fake.history.seek(seekParams)) ?? 0;
  expect(three).toBeGreaterThan(0);
  const two = (await fake.history.seek({ ...seekParams, from: three })) ?? 0;
  const { items } = await fake.history.page({ ...asked(SESSION_ID, 1), after: two - 1 });
  expect([isParentPlace(two), wordsIn(items)]).toEqual([true, ["two"]]);
  answer = transcriptSeq(200);
  expect(await fake.history.seek({ ...seekParams, direction: "next", from: two })).toBe(three);
  answer = null;
  expect(await fake.history.seek({ ...seekParams, from: two })).toBeNull();
});

test("a session that has no transcript yet is looked through from its start in what is kept", async () => {
  const fake = new FakeHistory();
  fake.begin(SESSION_ID);
  const one = fake.keep(SESSION_ID, { type: "user.textAdded", data: userText("one") });
  fake.loseTranscript(SESSION_ID);
  expect(await fake.history.seek({ ...seekParams, direction: "next" })).toBe(one.seq);
});

test("a question is the last text of its turn, wherever the pages that are looked at end", async () => {
  for (const before of [0, 190, 196, 197, 198, 199, 200, 398]) {
    const fake = new FakeHistory();
    fake.begin(SESSION_ID);
    for (let index = 0; index < before; index += 1) {
      fake.keep(SESSION_ID, { type: "user.textAdded", data: userText("and on") });
    }
    fake.keep(SESSION_ID, { type: "assistant.textAdded", data: assistantText("Shall I look first?") });
    fake.keep(SESSION_ID, { type: "tool.called", data: bashCall });
    const question = fake.keep(SESSION_ID, { type: "assistant.textAdded", data: assistantText("Which one?") });
    fake.keep(SESSION_ID, { type: "session.contextMeasured", data: { usedTokens: 1, windowTokens: null } });
    fake.keep(SESSION_ID, { type: "turn.completed", data: completed });
    for (let index = 0; index < 250; index += 1) {
      fake.keep(SESSION_ID, { type: "user.textAdded", data: userText("and on") });
    }
    fake.loseTranscript(SESSION_ID);
    const seek = { sessionId: SESSION_ID, mark: "question" } as const;
    expect(await fake.history.seek({ ...seek, direction: "next", from: 0 })).toBe(question.seq);
    expect(await fake.history.seek({ ...seek, direction: "previous" })).toBe(question.seq);
    expect(await fake.history.seek({ ...seek, direction: "previous", from: question.seq })).toBeNull();
    expect(await fake.history.seek({ ...seek, direction: "next", from: question.seq })).toBeNull();
  }
});

function userText(text: string): EventOf<"user.textAdded">["data"] {
  return { messageId: null, text, payloadId: null, origin: "payload", parentToolUseId: null };
}

function assistantText(text: string): EventOf<"assistant.textAdded">["data"] {
  return { messageId: "msg_1", text, model: null, parentToolUseId: null };
}

const bashCall = { toolUseId: "toolu_1", messageId: "msg_1", name: "Bash", input: {}, parentToolUseId: null };

const completed: EventOf<"turn.completed">["data"] = {
  turnId: null,
  payloadIds: [],
  outcome: "success",
  subtype: "success",
  terminalReason: "completed",
  durationMs: null,
  modelTurns: 1,
  totalCostUsd: null,
  costUsd: null,
  usage: null,
  errorText: null,
};
