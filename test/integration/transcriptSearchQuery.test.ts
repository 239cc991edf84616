/** What a search over transcripts on disk finds, in which order, and when it gives up: real SQLite, real worker threads. */
import { mkdirSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { placeOfSeq } from "../../electron/engine/transcripts/replay/transcriptSeq.ts";
import { answer, builtSearch, pathOf, prompt, write } from "./transcriptSearchFolder.ts";
import { shown } from "./transcriptSearchUnderTest.ts";

test("finds what was said, by words, phrases, beginnings, parts of words and characters, and says where it stands", async () => {
  const first = prompt("one", "Please refactor the transcript reader");
  const second = answer("one", "全文検索を実装しました。The reader is faster now.");
  write("one", first, second, answer("one", "Nothing else."));
  const { find, search } = await builtSearch();
  const found = async (q: string): Promise<readonly string[]> => shown(await find(q));
  expect(await found("reader refactor ")).toEqual(["Please [refactor] the transcript [reader]"]);
  expect(await found('"the reader"')).toEqual(["全文検索を実装しました。[The reader] is faster now."]);
  expect(await found("refac")).toEqual(["Please [refac]tor the transcript reader"]);
  expect(await found("refac ")).toEqual(["Please [refac]tor the transcript reader"]);
  expect(await found("script ")).toEqual(["Please refactor the tran[script] reader"]);
  expect(await found("検索")).toEqual(["全文[検索]を実装しました。The reader is faster now."]);
  expect(await found("索検")).toEqual([]);
  expect(await found("is")).toEqual(["全文検索を実装しました。The reader [is] faster now."]);
  expect(await found("reader nothing")).toEqual([]);
  expect(await found('") OR (*')).toEqual([]);
  const [hit] = (await find("faster")).items;
  expect(hit).toMatchObject({
    sessionId: "one",
    role: "assistant",
    path: pathOf("one"),
  });
  expect(hit?.atMs).toBe(Date.parse(String(JSON.parse(second).timestamp)));
  expect(placeOfSeq(hit?.seq ?? 0)).toEqual({ offset: Buffer.byteLength(first) + 1, index: 0 });
  expect(search.state()).toMatchObject({
    state: "ready",
    filesDone: 1,
    filesTotal: 1,
    problem: null,
    secondsLeft: null,
  });
  expect(search.state().sizeBytes).toBeGreaterThan(0);
});

test("whole words come before parts of words, and of equal ones the newer first", async () => {
  write("old", prompt("old", "cat food", { timestamp: "2020-01-01T00:00:00.000Z" }));
  write("inside", prompt("inside", "concatenate food", { timestamp: new Date().toISOString() }));
  write("new", prompt("new", "cat food", { timestamp: new Date().toISOString() }));
  const { find } = await builtSearch();
  expect((await find("cat food ")).items.map(({ sessionId }) => sessionId)).toEqual(["new", "old", "inside"]);
});

test("filters: role, time, tool, sessions", async () => {
  write(
    "one",
    prompt("one", "word a"),
    answer("one", "word b", {}, "Bash"),
    prompt("one", "word c"),
    answer("one", "word d", {}, "Edit"),
  );
  write("two", prompt("two", "word e"));
  const { find } = await builtSearch();
  const found = async (filter: object, more: object = {}): Promise<string> =>
    shown(await find("word ", { filter, ...more }))
      .map((text) => text.at(-1))
      .toSorted((a = "", b = "") => a.localeCompare(b))
      .join("");
  expect(await found({})).toBe("abcde");
  expect(await found({ role: "user" })).toBe("ace");
  expect(await found({ role: "assistant" })).toBe("bd");
  expect(await found({ tool: "Bash" })).toBe("ab");
  expect(await found({ tool: "Edit", role: "user" })).toBe("c");
  expect(await found({ tool: "Other" })).toBe("");
  expect(await found({ sessionIds: ["two"] })).toBe("e");
  expect(await found({ sessionIds: [] })).toBe("");
  expect(await found({ sessionIds: ["one"] })).toBe("abcd");
  expect(await found({}, { accepts: (id: string) => id === "two" })).toBe("e");
  const ofD = (await find("word ", { filter: { tool: "Edit", role: "assistant" } })).items[0]?.atMs ?? 0;
  expect(await found({ fromMs: ofD })).toBe("de");
  expect(await found({ toMs: ofD })).toBe("abc");
});

test("pages go on where the last one ended, whatever is indexed in between", async () => {
  write("one", ...Array.from({ length: 25 }, (_, index) => prompt("one", `page number${index} x`)));
  const { find, search, until } = await builtSearch();
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await find("page", { limit: 10, cursor });
    seen.push(...shown(page));
    cursor = page.nextCursor;
    if (seen.length === 10) {
      write("two", prompt("two", "page between", { timestamp: new Date().toISOString() }));
      search.notify([pathOf("two")]);
      await until(async () => (await find("between")).items.length === 1);
    }
  } while (cursor !== null);
  expect(new Set(seen).size).toBe(25);
  expect(seen.length).toBe(25);
  await expect(find("page", { cursor: "x" })).rejects.toMatchObject({ code: "bad_cursor" });
});

test("copies in forked and resumed files are one message: that of the session that said it, until its file is gone", async () => {
  const said = prompt("parent", "original prompt");
  const replied = answer("parent", "original answer");
  const asForked = (line: string, extra: object): string =>
    JSON.stringify({ ...JSON.parse(line), sessionId: "afork", ...extra });
  // The fork's file comes first by every other measure.
  write(
    "afork",
    asForked(said, {}),
    asForked(replied, { requestSessionId: "parent" }),
    prompt("afork", "forked prompt"),
  );
  write("parent", said, replied);
  const { find, search, until } = await builtSearch();
  const sessions = async (q: string): Promise<readonly string[]> =>
    (await find(q)).items.map(({ sessionId }) => sessionId);
  expect(await sessions("original ")).toEqual(["parent", "parent"]);
  expect(await sessions("forked")).toEqual(["afork"]);
  // Whoever looks among a fork's messages alone finds its copies, and is led to its own file.
  const among = await find("original ", { filter: { sessionIds: ["afork"] } });
  expect(among.items).toMatchObject([
    { sessionId: "afork", path: pathOf("afork") },
    { sessionId: "afork", path: pathOf("afork") },
  ]);
  unlinkSync(pathOf("parent"));
  search.notify(["parent"]);
  await until(async () => (await sessions("original ")).join() === "afork,afork");
});

test("what sub-agents were told and said is found in their session, by its own role", async () => {
  write("one", prompt("one", "heron by a person"), answer("one", "heron by the model"));
  const inside = join(pathOf("one").replace(".jsonl", ""), "subagents", "nested");
  mkdirSync(inside, { recursive: true });
  const side = { isSidechain: true };
  const agent = join(inside, "agent-a1.jsonl");
  const lines = [prompt("one", "heron for the agent", side), answer("one", "heron by the agent", side, "Grep")];
  writeFileSync(agent, lines.map((line) => `${line}\n`).join(""));
  const { find } = await builtSearch();
  const found = async (filter: object): Promise<readonly string[]> =>
    (await find("heron ", { filter })).items
      .map(({ sessionId, role, path }) => `${sessionId} ${role} ${path === agent ? "agent" : "own"}`)
      .toSorted((a, b) => a.localeCompare(b));
  const told = ["one subagent agent", "one subagent agent"];
  expect(await found({})).toEqual(["one assistant own", ...told, "one user own"]);
  expect(await found({ role: "subagent" })).toEqual(told);
  expect(await found({ role: "user" })).toEqual(["one user own"]);
  expect(await found({ role: "assistant" })).toEqual(["one assistant own"]);
  expect(await found({ tool: "Grep" })).toEqual(told);
  expect(
    (await find("heron ", { filter: { role: "subagent" } })).items.map(({ seq }) => placeOfSeq(seq)?.offset),
  ).toEqual(expect.arrayContaining([0, Buffer.byteLength(`${lines[0]}\n`)]));
});

test("a question that nobody waits for ends at once; too many give way to the newest", async () => {
  write("one", prompt("one", "alpha"));
  const { find, search } = await builtSearch();
  const reason = new Error("gone");
  await expect(search.query({ q: "alpha", limit: 1 }, AbortSignal.abort(reason))).rejects.toBe(reason);
  const leaving = new AbortController();
  const left = search.query({ q: "alpha", limit: 1 }, leaving.signal);
  const others = Array.from({ length: 40 }, () =>
    find("alpha").then(
      () => "found",
      (error: unknown) => Object(error).code,
    ),
  );
  leaving.abort(reason);
  await expect(left).rejects.toBe(reason);
  const ends = await Promise.all(others);
  expect(new Set(ends)).toEqual(new Set(["found", "busy"]));
  expect(ends.slice(-16)).toEqual(Array.from({ length: 16 }, () => "found"));
});
