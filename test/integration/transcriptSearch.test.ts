/** Search over transcripts on disk: real SQLite, real worker threads, what happens to the files while it is kept. */
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { placeOfSeq } from "../../electron/engine/transcripts/replay/transcriptSeq.ts";
import {
  openSearchUnderTest,
  type SearchUnderTest,
  type SearchUnderTestOptions,
  shown,
} from "./transcriptSearchUnderTest.ts";

let folder: string;
let database: string;
let opened: SearchUnderTest[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-search-"));
  database = join(folder, "search.db");
  mkdirSync(join(folder, "projects", "-app"), { recursive: true });
});

afterEach(async () => {
  await Promise.all(opened.map(({ search }) => search.dispose()));
  opened = [];
  rmSync(folder, { recursive: true, force: true });
});

function open(options: Partial<SearchUnderTestOptions> = {}): SearchUnderTest {
  const one = openSearchUnderTest({ root: folder, path: database, ...options });
  opened.push(one);
  return one;
}

async function built(options: Partial<SearchUnderTestOptions> = {}): Promise<SearchUnderTest> {
  const one = open(options);
  await one.build();
  return one;
}

function pathOf(session: string): string {
  return join(folder, "projects", "-app", `${session}.jsonl`);
}

let minute = 0;

function base(session: string, extra: object): object {
  minute += 1;
  const timestamp = new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();
  return { uuid: `u${minute}`, timestamp, sessionId: session, cwd: "/home/user/app", ...extra };
}

function prompt(session: string, text: string, extra: object = {}): string {
  return JSON.stringify(base(session, { type: "user", message: { role: "user", content: text }, ...extra }));
}

function answer(session: string, text: string, extra: object = {}, tool: string | null = null): string {
  const content: object[] = [{ type: "text", text }];
  if (tool !== null) content.push({ type: "tool_use", id: "t", name: tool, input: {} });
  const message = { id: `msg_${minute}`, role: "assistant", model: "claude-opus-5-5", content };
  return JSON.stringify(base(session, { type: "assistant", message, ...extra }));
}

function write(session: string, ...lines: readonly string[]): void {
  writeFileSync(pathOf(session), lines.map((line) => `${line}\n`).join(""));
}

test("finds what was said, by words, phrases, beginnings, parts of words and characters, and says where it stands", async () => {
  const first = prompt("one", "Please refactor the transcript reader");
  const second = answer("one", "全文検索を実装しました。The reader is faster now.");
  write("one", first, second, answer("one", "Nothing else."));
  const { find, search } = await built();
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
  const { find } = await built();
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
  const { find } = await built();
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
  const { find, search, until } = await built();
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
  const { find, search, until } = await built();
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
  const { find } = await built();
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

test("what is appended is found, and a line is read once it is whole", async () => {
  write("one", prompt("one", "alpha"));
  const { find, search, until } = await built();
  const line = `${prompt("one", "beta")}\n`;
  appendFileSync(pathOf("one"), line.slice(0, 40));
  search.notify([pathOf("one")]);
  write("two", prompt("two", "gamma"));
  search.notify(["two"]);
  await until(async () => (await find("gamma")).items.length === 1);
  expect((await find("beta")).items).toEqual([]);
  appendFileSync(pathOf("one"), line.slice(40));
  search.notify(["one"]);
  await until(async () => (await find("beta")).items.length === 1);
  expect((await find("alpha")).items.length).toBe(1);
});

test("truncated, replaced and deleted files, and a file that was away while nobody looked", async () => {
  write("truncated", prompt("truncated", "alpha kept"), prompt("truncated", "alpha cut"));
  write("replaced", prompt("replaced", "beta before"));
  write("deleted", prompt("deleted", "gamma"));
  const one = await built();
  truncateSync(pathOf("truncated"), 0);
  appendFileSync(pathOf("truncated"), `${prompt("truncated", "alpha anew")}\n`);
  writeFileSync(`${pathOf("replaced")}.new`, `${prompt("replaced", "beta after and longer than it was")}\n`);
  renameSync(`${pathOf("replaced")}.new`, pathOf("replaced"));
  unlinkSync(pathOf("deleted"));
  await one.search.dispose();
  const two = await built();
  expect(shown(await two.find("alpha "))).toEqual(["[alpha] anew"]);
  expect(shown(await two.find("beta "))).toEqual(["[beta] after and longer than it was"]);
  expect(shown(await two.find("gamma "))).toEqual([]);
  unlinkSync(pathOf("replaced"));
  two.search.notify([pathOf("replaced")]);
  await two.until(async () => (await two.find("beta ")).items.length === 0);
});

test("broken lines and files stop nothing", async () => {
  write(
    "one",
    "{",
    "",
    '{"type":"user","message":{"content":"no end',
    prompt("one", "alpha"),
    "\u0000\u0000",
    "[]",
    answer("one", "alpha too"),
  );
  appendFileSync(pathOf("one"), Buffer.from([0xff, 0xfe, 0x0a]));
  appendFileSync(pathOf("one"), `${prompt("one", "alpha after")}\r\n`);
  write("bom", `\ufeff${prompt("bom", "alpha with a mark")}`);
  mkdirSync(join(folder, "directory"));
  const nowhere = { sessionId: "x", isSubagent: false, identity: "0:0", sizeBytes: 10, modifiedMs: Date.now() };
  const extraFiles = [
    { ...nowhere, path: join(folder, "directory") },
    { ...nowhere, path: join(folder, "vanished.jsonl") },
  ];
  const { find, warnings, search } = await built({ extraFiles });
  expect((await find("alpha ")).items.length).toBe(4);
  expect(search.state()).toMatchObject({ state: "ready", filesDone: 4, filesTotal: 4, problem: null });
  expect(warnings).toEqual([expect.stringMatching(/could not be read for search.*directory.*EISDIR/u)]);
});

test("switched off there is no file and no answer; switched on it is built again", async () => {
  write("one", prompt("one", "alpha"));
  const { find, search, until } = await built();
  await search.setEnabled(false);
  expect(search.state()).toMatchObject({ state: "off", sizeBytes: 0, filesTotal: 0 });
  expect(existsSync(database)).toBe(false);
  await expect(find("alpha")).rejects.toMatchObject({ code: "off" });
  search.notify(["one"]);
  await search.setEnabled(true);
  await until(({ state }) => state === "ready");
  expect((await find("alpha")).items.length).toBe(1);
});

test.each<{ name: string; damage: () => void; why: string }>([
  { name: "no database", damage: () => writeFileSync(database, "This is no database. ".repeat(1000)), why: "damaged" },
  { name: "torn pages", damage: () => tear(), why: "damaged" },
  {
    name: "another shape",
    damage: () => {
      const other = new Database(database);
      other.pragma("user_version = 99");
      other.close();
    },
    why: "other_version",
  },
])("$name: begun anew, and said so", async ({ damage, why }) => {
  write("one", ...Array.from({ length: 300 }, (_, index) => prompt("one", `alpha number${index}`)));
  const before = await built();
  await before.search.dispose();
  damage();
  const after = await built();
  expect((await after.find("number299")).items.length).toBe(1);
  expect(after.warnings).toEqual([expect.stringContaining(why)]);
});

function tear(): void {
  truncateSync(database, 3 * 8192 + 100);
}

test("damage that shows while it is asked: built anew", async () => {
  write("one", prompt("one", "alpha"));
  const first = await built();
  await first.search.dispose();
  const broken = new Database(database);
  // Sound pages with something missing: what only a look into the index of words shows.
  broken.unsafeMode();
  broken.exec("DELETE FROM words_data WHERE id > 10");
  broken.close();
  const again = await built();
  await expect(again.find("alpha")).rejects.toMatchObject({ code: "failed" });
  await again.until(({ state }) => state === "building");
  await again.until(async ({ state }) => state === "ready" && (await again.find("alpha")).items.length === 1);
  expect(again.warnings.join("\n")).toContain("damaged");
});

test("before the first building has ended, what is there is found, and said to be in part", async () => {
  write("one", prompt("one", "alpha"));
  const first = await built();
  expect((await first.find("alpha")).partial).toBe(false);
  await first.search.dispose();
  const { find, search } = open();
  expect(search.state().state).toBe("building");
  expect(await find("alpha")).toMatchObject({ partial: true, items: [{ sessionId: "one" }] });
});

test("what was just written is not found yet, and that is said until it is", async () => {
  write("one", prompt("one", "alpha"));
  const { find, search, until } = await built();
  expect(await find("alpha")).toMatchObject({ partial: false, items: [{ sessionId: "one" }] });
  write("two", prompt("two", "alpha beta"));
  search.notify(["two"]);
  expect((await find("beta")).partial).toBe(true);
  await until(async () => {
    const { partial, items } = await find("beta");
    // Whoever is told that all was searched has it.
    expect({ partial, found: items.length }).not.toEqual({ partial: false, found: 0 });
    return !partial;
  });
  expect((await find("alpha")).items).toHaveLength(2);
  unlinkSync(pathOf("two"));
  search.notify([pathOf("two")]);
  expect((await find("beta")).partial).toBe(true);
  await until(async () => !(await find("beta")).partial);
  expect((await find("beta")).items).toEqual([]);
});

test.skipIf(process.platform !== "linux")("the building thread has the lowest priority, and it alone", async () => {
  write("one", prompt("one", "alpha"));
  await built();
  const nice = readdirSync("/proc/self/task").map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, "utf8");
    // The fields after the name, which may hold spaces: the 17th of them is the nice value.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
  });
  expect(nice.filter((value) => value === 19).length).toBe(1);
});

test("a question that nobody waits for ends at once; too many give way to the newest", async () => {
  write("one", prompt("one", "alpha"));
  const { find, search } = await built();
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
