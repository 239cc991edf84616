/**
 * A search over transcripts on disk while it is built and kept: what happens to the files and to its own database, and
 * what it says until it has read all. Real SQLite, real worker threads.
 */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import {
  answer,
  builtSearch,
  openSearch,
  pathOf,
  prompt,
  searchDatabase,
  searchFolder,
  write,
} from "./transcriptSearchFolder.ts";
import { shown } from "./transcriptSearchUnderTest.ts";

test("what is appended is found, and a line is read once it is whole", async () => {
  write("one", prompt("one", "alpha"));
  const { find, search, until } = await builtSearch();
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
  const one = await builtSearch();
  truncateSync(pathOf("truncated"), 0);
  appendFileSync(pathOf("truncated"), `${prompt("truncated", "alpha anew")}\n`);
  writeFileSync(`${pathOf("replaced")}.new`, `${prompt("replaced", "beta after and longer than it was")}\n`);
  renameSync(`${pathOf("replaced")}.new`, pathOf("replaced"));
  unlinkSync(pathOf("deleted"));
  await one.search.dispose();
  const two = await builtSearch();
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
  mkdirSync(join(searchFolder(), "directory"));
  const nowhere = { sessionId: "x", isSubagent: false, identity: "0:0", sizeBytes: 10, modifiedMs: Date.now() };
  const extraFiles = [
    { ...nowhere, path: join(searchFolder(), "directory") },
    { ...nowhere, path: join(searchFolder(), "vanished.jsonl") },
  ];
  const { find, warnings, search } = await builtSearch({ extraFiles });
  expect((await find("alpha ")).items.length).toBe(4);
  expect(search.state()).toMatchObject({ state: "ready", filesDone: 4, filesTotal: 4, problem: null });
  expect(warnings).toEqual([expect.stringMatching(/could not be read for search.*directory.*EISDIR/u)]);
});

test("switched off there is no file and no answer; switched on it is built again", async () => {
  write("one", prompt("one", "alpha"));
  const { find, search, until } = await builtSearch();
  await search.setEnabled(false);
  expect(search.state()).toMatchObject({ state: "off", sizeBytes: 0, filesTotal: 0 });
  expect(existsSync(searchDatabase())).toBe(false);
  await expect(find("alpha")).rejects.toMatchObject({ code: "off" });
  search.notify(["one"]);
  await search.setEnabled(true);
  await until(({ state }) => state === "ready");
  expect((await find("alpha")).items.length).toBe(1);
});

test.each<{ name: string; damage: () => void; why: string }>([
  {
    name: "no database",
    damage: () => writeFileSync(searchDatabase(), "This is no database. ".repeat(1000)),
    why: "damaged",
  },
  { name: "torn pages", damage: () => tear(), why: "damaged" },
  {
    name: "another shape",
    damage: () => {
      const other = new Database(searchDatabase());
      other.pragma("user_version = 99");
      other.close();
    },
    why: "other_version",
  },
])("$name: begun anew, and said so", async ({ damage, why }) => {
  write("one", ...Array.from({ length: 300 }, (_, index) => prompt("one", `alpha number${index}`)));
  const before = await builtSearch();
  await before.search.dispose();
  damage();
  const after = await builtSearch();
  expect((await after.find("number299")).items.length).toBe(1);
  expect(after.warnings).toEqual([expect.stringContaining(why)]);
});

function tear(): void {
  truncateSync(searchDatabase(), 3 * 8192 + 100);
}

test("damage that shows while it is asked: built anew", async () => {
  write("one", prompt("one", "alpha"));
  const first = await builtSearch();
  await first.search.dispose();
  const broken = new Database(searchDatabase());
  // Sound pages with something missing: what only a look into the index of words shows.
  broken.unsafeMode();
  broken.exec("DELETE FROM words_data WHERE id > 10");
  broken.close();
  const again = await builtSearch();
  await expect(again.find("alpha")).rejects.toMatchObject({ code: "failed" });
  await again.until(({ state }) => state === "building");
  await again.until(async ({ state }) => state === "ready" && (await again.find("alpha")).items.length === 1);
  expect(again.warnings.join("\n")).toContain("damaged");
});

test("before the first building has ended, what is there is found, and said to be in part", async () => {
  write("one", prompt("one", "alpha"));
  const first = await builtSearch();
  expect((await first.find("alpha")).partial).toBe(false);
  await first.search.dispose();
  const { find, search } = openSearch();
  expect(search.state().state).toBe("building");
  expect(await find("alpha")).toMatchObject({ partial: true, items: [{ sessionId: "one" }] });
});

test("what was just written is not found yet, and that is said until it is", async () => {
  write("one", prompt("one", "alpha"));
  const { find, search, until } = await builtSearch();
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
  await builtSearch();
  const nice = readdirSync("/proc/self/task").map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, "utf8");
    // The fields after the name, which may hold spaces: the 17th of them is the nice value.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[16]);
  });
  expect(nice.filter((value) => value === 19).length).toBe(1);
});
