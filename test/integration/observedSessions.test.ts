/** Sessions of the past, as a whole engine reads them from transcripts that the real CLI wrote. */
import { randomUUID } from "node:crypto";
import { access, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createObservedEngine, type ObservedEngine, runHeadless, spoken } from "./observedEngine.ts";
import { exported, pages, pagesFrom } from "./observedPages.ts";

let observed: ObservedEngine;
let shop: string;
let mill: string;

beforeEach(async () => {
  observed = await createObservedEngine();
  shop = await observed.environment.projectDir("shop");
  mill = await observed.environment.projectDir("mill");
});

afterEach(async () => {
  await observed.dispose();
});

test("sessions that others ran are listed with title, turns, tokens and end, filtered and in pages", async () => {
  const { ask } = observed;
  const [one, two, three] = [
    await ran(shop, ["USAGE input=100 output=20 read=300", "SAY second"]),
    await ran(mill, ["SAY The mill turns"]),
    await ran(shop, [`WRITE_FILE ${join(shop, "a.txt")} one\n`]),
  ];
  await observed.session(({ sessionId, turnCount }) => sessionId === one && turnCount === 2);
  await observed.session(({ sessionId, turnCount }) => sessionId === two && turnCount === 1);
  await observed.session(({ sessionId, facts }) => sessionId === three && facts?.linesAdded === 1);
  await observed.session(({ sessionId, live }) => sessionId === three && !live);

  const { items, nextCursor } = await ask("sessions.list", {});
  expect(items.map(({ sessionId }) => sessionId)).toEqual([three, two, one]);
  expect(nextCursor).toBeNull();
  expect(items[2]).toMatchObject({
    title: "USAGE input=100 output=20 read=300",
    projectPath: shop,
    owner: "none",
    live: false,
    activity: { kind: "ended", exitCode: null },
    turnCount: 2,
    pid: null,
    cliVersion: "2.1.329",
    facts: { entrypoint: "sdk-cli", unreadableLines: 0, toolCount: 0 },
  });
  expect(items[2]?.facts?.usage?.output).toBeGreaterThanOrEqual(20);
  expect(items[2]?.facts?.usage?.cacheRead).toBe(300);
  expect(items[0]).toMatchObject({ facts: { toolCount: 1, linesAdded: 1, linesRemoved: 0 } });

  const ids = async (filter: object) => (await ask("sessions.list", filter)).items.map(({ sessionId }) => sessionId);
  expect(await ids({ project: mill })).toEqual([two]);
  expect(await ids({ q: "the MILL" })).toEqual([two]);
  expect(await ids({ q: one.slice(0, 13) })).toEqual([one]);
  expect(await ids({ owner: "none" })).toEqual([three, two, one]);
  expect(await ids({ live: true })).toEqual([]);
  expect(await ids({ state: "ended" })).toEqual([three, two, one]);
  expect(await ids({ state: "idle" })).toEqual([]);

  const first = await ask("sessions.list", { limit: 2 });
  const rest = await ask("sessions.list", { limit: 2, cursor: first.nextCursor ?? "" });
  expect([...first.items, ...rest.items]).toEqual(items);
  expect(rest.nextCursor).toBeNull();
  expect((await ask("projects.list", {})).items).toMatchObject([
    { projectPath: shop, name: "shop", sessionCount: 2, liveCount: 0 },
    { projectPath: mill, name: "mill", sessionCount: 1, liveCount: 0 },
  ]);
});

test("a session's events are paged from the end to the first one and back, found and exported", async () => {
  const { ask } = observed;
  const says = ["SAY one", `WRITE_FILE ${join(shop, "a.txt")} text`, "RUN_BASH: exit 3", "SAY Which one?", "SAY five"];
  const sessionId = await ran(shop, says);
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 5);

  const whole = (await ask("sessions.events", { sessionId, limit: 2_000 })).items;
  const back = await pages(observed, sessionId, "back", 3);
  const forth = await pages(observed, sessionId, "forth", 4);
  expect(back).toEqual(whole);
  expect(forth).toEqual(whole);
  expect(spoken(whole).filter((line) => line.startsWith("user"))).toEqual(says.map((text) => `user: ${text}`));

  const marks = async (mark: "turn" | "question" | "error" | "change") => {
    const found: string[] = [];
    let from: number | undefined;
    for (;;) {
      const { seq } = await ask("sessions.seek", {
        sessionId,
        mark,
        direction: "next",
        ...(from === undefined ? {} : { from }),
      });
      if (seq === null) return found;
      const event = whole.find((one) => one.seq === seq);
      found.push(event === undefined ? "nothing" : (spoken([event])[0] ?? event.type));
      from = seq;
    }
  };
  expect(await marks("turn")).toEqual(says.map((text) => `user: ${text}`));
  expect(await marks("question")).toEqual(["assistant: Which one?"]);
  expect(await marks("change")).toEqual(["call: Write"]);
  expect(await marks("error")).toEqual([expect.stringMatching(/^result: Exit code 3/u)]);
  const { seq } = await ask("sessions.seek", { sessionId, mark: "turn", direction: "previous" });
  expect(spoken(whole.filter((one) => one.seq === seq))).toEqual(["user: SAY five"]);

  const markdown = await exported(observed, sessionId, "markdown");
  const html = await exported(observed, sessionId, "html");
  const json: unknown = JSON.parse(await exported(observed, sessionId, "json"));
  for (const text of ["SAY one", "Which one?", "SAY five"]) {
    expect(markdown).toContain(text);
    expect(html).toContain(text);
    expect(JSON.stringify(json)).toContain(text);
  }
  expect(html).toMatch(/^<!doctype html>/iu);
});

test("what a sub-agent did is paged on its own", async () => {
  const { ask } = observed;
  const sessionId = await ran(shop, ["SUBAGENT RUN_BASH: echo from below"]);
  await observed.session((one) => one.sessionId === sessionId && one.facts?.subagentCount === 1 && one.turnCount === 1);
  const { items } = await ask("sessions.events", { sessionId });
  const call = items.find((event) => event.type === "tool.called" && /Agent|Task/u.test(event.data.name));
  const subagent = call?.type === "tool.called" ? call.data.toolUseId : "";
  const page = await ask("sessions.events", { sessionId, subagent });
  expect(spoken(page.items)).toEqual([
    "user: RUN_BASH: echo from below",
    "call: Bash",
    "result: from below",
    "assistant: The Bash tool answered: from below",
  ]);
  const first = await ask("sessions.events", { sessionId, subagent, after: (page.items[0]?.seq ?? 0) - 1, limit: 1 });
  expect(first.items).toEqual(page.items.slice(0, 1));
  await expect(ask("sessions.events", { sessionId, subagent: "toolu_none" })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("a session goes from one process to another and back, and its history stays whole", async () => {
  const { ask } = observed;
  const sessionId = await ran(shop, ["SAY elsewhere"]);
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 1 && !one.live);

  await here(sessionId, { cwd: shop, resume: sessionId }, "SAY here");
  expect(spoken(await pages(observed, sessionId, "back", 2))).toEqual([...said("elsewhere"), ...said("here")]);
  // What was kept here goes to the end: its receipts are there.
  const newest = await ask("sessions.events", { sessionId });
  expect(newest.items.some(({ type }) => type === "payload.advanced")).toBe(true);

  await runHeadless(observed.environment, { cwd: shop, args: ["--resume", sessionId], says: ["SAY elsewhere again"] });
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 3 && !one.live);
  const all = [...said("elsewhere"), ...said("here"), ...said("elsewhere again")];
  expect(spoken(await pages(observed, sessionId, "back", 3))).toEqual(all);
  expect(spoken((await observed.watch(sessionId)).snapshot)).toEqual(all);

  await here(sessionId, { cwd: shop, resume: sessionId }, "SAY here again");
  const again = await observed.watch(sessionId);
  expect(spoken(again.snapshot)).toEqual(said("here again"));
  expect(spoken(await pages(observed, sessionId, "back", 4))).toEqual([...all, ...said("here again")]);
});

test("a session that was begun here, continued elsewhere and taken back has one history", async () => {
  const { sessionId } = await observed.ask("sessions.start", { cwd: shop, prompt: "SAY begun" });
  await turnsDone(sessionId, 1);
  await observed.ask("sessions.close", { sessionId });
  await runHeadless(observed.environment, { cwd: shop, args: ["--resume", sessionId], says: ["SAY elsewhere"] });
  // Taken back at once: the index may not have seen yet that the session went on.
  await here(sessionId, { cwd: shop, resume: sessionId }, "SAY back");
  expect(spoken(await pages(observed, sessionId, "back", 2))).toEqual([
    ...said("begun"),
    ...said("elsewhere"),
    ...said("back"),
  ]);
});

test("a client that looks at a session that was owned here sees it go on elsewhere, and here again", async () => {
  const { ask } = observed;
  const { sessionId } = await ask("sessions.start", { cwd: shop, prompt: "SAY here" });
  await turnsDone(sessionId, 1);
  const watched = await observed.watch(sessionId);
  await ask("sessions.close", { sessionId });
  await observed.session((one) => one.sessionId === sessionId && !one.live && one.facts !== null);
  await runHeadless(observed.environment, { cwd: shop, args: ["--resume", sessionId], says: ["SAY elsewhere"] });
  await watched.until((events) => spoken(events).includes("assistant: elsewhere"));
  await observed.session((one) => one.sessionId === sessionId && !one.live && one.turnCount === 2);
  await here(sessionId, { cwd: shop, resume: sessionId }, "SAY here again");
  expect(spoken(watched.events())).toEqual([...said("here"), ...said("elsewhere"), ...said("here again")]);
});

test("a fork shows what it was copied from before what it says itself", async () => {
  const { ask } = observed;
  const parent = await ran(shop, ["SAY first", "SAY second", "RUN_BASH: echo third"]);
  await observed.session((one) => one.sessionId === parent && one.turnCount === 3 && !one.live);
  const before = spoken((await ask("sessions.events", { sessionId: parent })).items);

  const { sessionId } = await ask("sessions.start", { cwd: shop, resume: parent, fork: true, prompt: "SAY forked" });
  await turnsDone(sessionId, 1);
  // The parent goes on; that is no part of the fork.
  await runHeadless(observed.environment, { cwd: shop, args: ["--resume", parent], says: ["SAY parent only"] });
  await observed.session((one) => one.sessionId === sessionId && one.facts !== null);

  for (const limit of [1, 2, 5, 2_000]) {
    const back = await pages(observed, sessionId, "back", limit);
    expect(spoken(back)).toEqual([...before, ...said("forked")]);
    expect(back.map(({ seq }) => seq)).toEqual(back.map(({ seq }) => seq).toSorted((a, b) => a - b));
    const first = back[0]?.seq ?? 0;
    const forth = await pagesFrom(observed, sessionId, first - 1, limit);
    expect(spoken(forth)).toEqual([...before, ...said("forked")]);
  }
  const turns: string[] = [];
  const whole = await pages(observed, sessionId, "back", 2_000);
  let from: number | undefined;
  for (;;) {
    const place = from === undefined ? {} : { from };
    const { seq } = await ask("sessions.seek", { sessionId, mark: "turn", direction: "previous", ...place });
    if (seq === null) break;
    turns.push(...spoken(whole.filter((event) => event.seq === seq)));
    from = seq;
  }
  expect(turns).toEqual(
    ["SAY forked", "RUN_BASH: echo third", "SAY second", "SAY first"].map((text) => `user: ${text}`),
  );
});

test("a session whose transcript is deleted is forgotten, unless it was owned here", async () => {
  const { ask, environment } = observed;
  const other = await ran(shop, ["SAY somebody else's"]);
  const own = (await ask("sessions.start", { cwd: shop, prompt: "SAY my own" })).sessionId;
  await turnsDone(own, 1);
  await ask("sessions.close", { sessionId: own });
  await observed.session((one) => one.sessionId === other && one.turnCount === 1 && !one.live);
  await observed.session((one) => one.sessionId === own && one.facts !== null);

  await Promise.all((await transcripts(environment.configDir)).map((path) => rm(path)));
  await observed.gone(other);
  await expect(ask("sessions.get", { sessionId: other })).rejects.toMatchObject({ code: "not_found" });
  await ask("index.scan", {});
  await vi.waitFor(
    async () =>
      await expect(ask("sessions.export", { sessionId: own, format: "json" })).rejects.toMatchObject({
        code: "transcript_missing",
      }),
  );
  expect((await ask("sessions.list", {})).items.map(({ sessionId }) => sessionId)).toEqual([own]);
  expect(spoken((await ask("sessions.events", { sessionId: own })).items)).toEqual(said("my own"));
});

test("further folders are read while they are set, and forgotten after", async () => {
  const { ask, environment } = observed;
  const other = join(environment.home, "other-config");
  await mkdir(other);
  const mine = await ran(shop, ["SAY mine"]);
  const sessionId = randomUUID();
  const args = ["--session-id", sessionId];
  await runHeadless(environment, { cwd: mill, args, says: ["SAY other"], env: { CLAUDE_CONFIG_DIR: other } });
  await observed.session((one) => one.sessionId === mine && one.turnCount === 1);
  expect((await ask("sessions.list", {})).items.map((one) => one.sessionId)).toEqual([mine]);

  await expect(ask("settings.change", { extraRoots: [join(other, "nothing")] })).rejects.toMatchObject({
    code: "directory_unusable",
  });
  await expect(ask("settings.get", {})).resolves.toEqual({ extraRoots: [], searchEnabled: true });
  await expect(ask("settings.change", { extraRoots: [other, other] })).resolves.toEqual({
    extraRoots: [other],
    searchEnabled: true,
  });
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 1);
  await ask("settings.change", { extraRoots: [] });
  await observed.gone(sessionId);
  expect((await ask("sessions.list", {})).items.map((one) => one.sessionId)).toEqual([mine]);
});

test("a live session of a further folder is not live here any more once the folder is not looked at", async () => {
  const { ask, environment } = observed;
  const other = join(environment.home, "other-config");
  await mkdir(other);
  await ask("settings.change", { extraRoots: [other] });
  const sessionId = randomUUID();
  const gate = observed.api.hold("SAY held");
  const run = runHeadless(environment, {
    cwd: mill,
    args: ["--session-id", sessionId],
    says: ["SAY held"],
    env: { CLAUDE_CONFIG_DIR: other },
  });
  await observed.session((one) => one.sessionId === sessionId && one.live && one.activity.kind === "working");
  await ask("settings.change", { extraRoots: [] });
  await observed.gone(sessionId);
  gate.release();
  await run;
});

test("a look through the transcripts can be asked for and stopped", async () => {
  const { ask } = observed;
  const sessionId = await ran(shop, ["SAY one"]);
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 1);
  expect(await ask("index.cancel", {})).toMatchObject({ index: { problem: null } });
  await ask("index.scan", {});
  await vi.waitFor(async () =>
    expect((await ask("host.get", {})).index).toMatchObject({ state: "ready", filesDone: 1, filesTotal: 1 }),
  );
});

test("a search finds what was said and leads to its place; switched off, it leaves nothing behind", async () => {
  const { ask, dataDir } = observed;
  const sessionId = await ran(shop, ["SAY an ordinary answer", "SAY the quokka sleeps", "SAY another one"]);
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 3 && !one.live);
  const hits = await vi.waitFor(
    async () => {
      const { items } = await ask("search.query", { q: "quokka", role: "assistant" });
      expect(items).toHaveLength(1);
      return items;
    },
    { timeout: 30_000, interval: 100 },
  );
  const hit = hits[0];
  expect(hit).toMatchObject({ sessionId, projectPath: shop, title: "SAY an ordinary answer", role: "assistant" });
  expect(hit?.snippet.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(["quokka"]);
  const { items } = await ask("sessions.events", { sessionId, after: (hit?.seq ?? 0) - 1, limit: 1 });
  expect(spoken(items)).toEqual(["assistant: the quokka sleeps"]);
  expect((await ask("search.query", { q: "quokka", state: "idle" })).items).toEqual([]);
  expect((await ask("search.query", { q: "quokka", state: "ended" })).items).toHaveLength(2);

  await access(join(dataDir, "search.db"));
  await ask("settings.change", { searchEnabled: false });
  await expect(ask("search.query", { q: "quokka" })).rejects.toMatchObject({ code: "search_unavailable" });
  expect((await readdir(dataDir)).filter((name) => name.startsWith("search"))).toEqual([]);
  expect((await ask("host.get", {})).search.state).toBe("off");
});

test("after a restart the list is there at once, and nothing is there twice", async () => {
  const { ask } = observed;
  const other = await ran(shop, ["SAY somebody else's"]);
  const own = (await ask("sessions.start", { cwd: mill, prompt: "SAY my own" })).sessionId;
  await turnsDone(own, 1);
  await ask("sessions.close", { sessionId: own });
  await observed.session((one) => one.sessionId === other && one.turnCount === 1 && !one.live);
  await observed.session((one) => one.sessionId === own && one.facts?.usage !== null && !one.live);
  const history = await pages(observed, own, "back", 5);
  const before = (await ask("sessions.list", {})).items;

  await observed.stop();
  await observed.start();
  expect(observed.sessions()).toEqual(before);
  expect((await ask("sessions.list", {})).items).toEqual(before);
  await vi.waitFor(async () => expect((await ask("host.get", {})).index.state).toBe("ready"));
  expect((await ask("sessions.list", {})).items).toEqual(before);
  // That the transcripts are looked at is news of the host, and of no session.
  expect(observed.told().filter(({ sessionId }) => sessionId !== "")).toEqual([]);
  expect(await pages(observed, own, "back", 5)).toEqual(history);
  expect(spoken(await pages(observed, other, "back", 5))).toEqual(said("somebody else's"));
});

/** Runs a session of somebody else's to its end and answers its id. */
async function ran(cwd: string, says: readonly string[]): Promise<string> {
  const sessionId = randomUUID();
  await runHeadless(observed.environment, { cwd, args: ["--session-id", sessionId], says });
  return sessionId;
}

/** Resumes a session here for one turn, and ends it. */
async function here(sessionId: string, params: { cwd: string; resume: string }, prompt: string): Promise<void> {
  await observed.ask("sessions.start", { ...params, prompt });
  await turnsDone(sessionId, 1);
  await observed.ask("sessions.close", { sessionId });
}

/** Resolves when the session's own process has done so many turns since it was started last. */
async function turnsDone(sessionId: string, turns: number): Promise<void> {
  const watched = await observed.watch(sessionId);
  await watched.until((events) => {
    const begun = events.findLastIndex(({ type }) => type === "session.created");
    return begun !== -1 && events.slice(begun).filter(({ type }) => type === "turn.completed").length >= turns;
  });
  watched.close();
}

function said(text: string): readonly string[] {
  return [`user: SAY ${text}`, `assistant: ${text}`];
}

async function transcripts(configDir: string): Promise<readonly string[]> {
  const names = await readdir(join(configDir, "projects"), { recursive: true });
  return names.filter((name) => name.endsWith(".jsonl")).map((name) => join(configDir, "projects", name));
}
