import { mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LiveEntry } from "../../../../../electron/engine/discovery/believedEntries.ts";
import {
  type RegistryProblem,
  type RegistryWatch,
  watchRegistry,
} from "../../../../../electron/engine/discovery/sessionRegistry.ts";

/** The pids of processes that run for as long as the tests do. */
const SELF = process.pid;
const PARENT = process.ppid;

let root: string;
let sessions: string;
let running: Map<number, string>;
const watches: RegistryWatch[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "switchboard-registry-"));
  sessions = join(root, "sessions");
  running = new Map([
    [SELF, "100"],
    [PARENT, "50"],
  ]);
});

afterEach(async () => {
  for (const watching of watches.splice(0)) await watching.close();
  await rm(root, { recursive: true, force: true });
});

interface Followed {
  readonly registry: RegistryWatch;
  readonly problems: readonly RegistryProblem[];
  /** Resolves as soon as what was told last passes. */
  readonly until: (
    passes: (entries: readonly LiveEntry[], problems: readonly RegistryProblem[]) => boolean,
  ) => Promise<void>;
}

async function follow(roots: readonly string[] = [root]): Promise<Followed> {
  const problems: RegistryProblem[] = [];
  const looks = new Set<() => void>();
  let told: readonly LiveEntry[] = [];
  const registry = await watchRegistry({
    roots,
    readStartIdentities: (pids) => Promise.resolve(new Map([...running].filter(([pid]) => pids.includes(pid)))),
    onChange: (entries) => {
      told = entries;
      for (const look of looks) look();
    },
    onProblem: (problem) => {
      problems.push(problem);
      for (const look of looks) look();
    },
  });
  watches.push(registry);
  const until: Followed["until"] = (passes) =>
    new Promise((resolve) => {
      const look = (): void => {
        if (passes(told, problems)) resolve();
      };
      looks.add(look);
      look();
    });
  return { registry, problems, until };
}

function entryText(pid: number, fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    pid,
    sessionId: `session-${String(pid)}`,
    procStart: running.get(pid),
    status: "idle",
    ...fields,
  });
}

const states = (entries: readonly LiveEntry[]) => entries.map(({ pid, status }) => `${String(pid)} ${status ?? ""}`);

test("a registry as it is found, and each change to it", async () => {
  await mkdir(sessions);
  await writeFile(join(sessions, `${String(SELF)}.json`), entryText(SELF));
  const { registry, until, problems } = await follow();
  expect(registry.current()).toEqual([
    expect.objectContaining({ pid: SELF, sessionId: `session-${String(SELF)}`, status: "idle", startIdentity: "100" }),
  ]);

  await writeFile(join(sessions, `${String(SELF)}.json`), entryText(SELF, { status: "busy" }));
  await until((entries) => states(entries).join() === `${String(SELF)} busy`);

  // As a program does that wants the file whole at every moment.
  await writeFile(join(sessions, "next.tmp"), entryText(SELF, { status: "waiting", waitingFor: "permission prompt" }));
  await rename(join(sessions, "next.tmp"), join(sessions, `${String(SELF)}.json`));
  await until((entries) => entries[0]?.waitingFor === "permission prompt");

  await writeFile(join(sessions, `${String(PARENT)}.json`), entryText(PARENT));
  await until((entries) => entries.length === 2);

  await rm(join(sessions, `${String(SELF)}.json`));
  await until((entries) => states(entries).join() === `${String(PARENT)} idle`);
  expect(problems).toEqual([]);
});

test("a root that appears later", async () => {
  const late = join(root, "not", "yet");
  const { until } = await follow([late]);
  await mkdir(join(late, "sessions"), { recursive: true });
  await writeFile(join(late, "sessions", `${String(SELF)}.json`), entryText(SELF));
  await until((entries) => entries.length === 1);
});

test("a registry that is removed and made anew", async () => {
  await mkdir(sessions);
  await writeFile(join(sessions, `${String(SELF)}.json`), entryText(SELF));
  const { until } = await follow();
  await rm(sessions, { recursive: true });
  await until((entries) => entries.length === 0);
  await mkdir(sessions);
  await writeFile(join(sessions, `${String(PARENT)}.json`), entryText(PARENT));
  await until((entries) => entries.length === 1);
  await writeFile(join(sessions, `${String(PARENT)}.json`), entryText(PARENT, { status: "busy" }));
  await until((entries) => entries[0]?.status === "busy");
});

test("a process that ends while its file stays", async () => {
  await mkdir(sessions);
  await writeFile(join(sessions, `${String(SELF)}.json`), entryText(SELF));
  const { registry, until } = await follow();
  expect(registry.current()).toHaveLength(1);
  running.delete(SELF);
  await until((entries) => entries.length === 0);
  expect(await readdir(sessions)).toEqual([`${String(SELF)}.json`]);
});

test("files of processes that are gone, or that others are by now, are not believed and not touched", async () => {
  await mkdir(sessions);
  const gone = entryText(999_999, { procStart: "1" });
  const reused = entryText(SELF, { procStart: "99" });
  await writeFile(join(sessions, "999999.json"), gone);
  await writeFile(join(sessions, `${String(SELF)}.json`), reused);
  const { registry, problems } = await follow();
  expect(registry.current()).toEqual([]);
  expect(problems).toEqual([]);
  expect(await readFile(join(sessions, "999999.json"), "utf8")).toBe(gone);
  expect(await readFile(join(sessions, `${String(SELF)}.json`), "utf8")).toBe(reused);
});

test("broken files are told once, and the others are read all the same", async () => {
  await mkdir(join(sessions, "123.json"), { recursive: true });
  await writeFile(join(sessions, "124.json"), '{"pid":124,');
  await writeFile(join(sessions, "125.json"), entryText(SELF));
  await writeFile(join(sessions, "4.key.json"), "no entry");
  await writeFile(join(sessions, `${String(SELF)}.abc.key`), "secret");
  await writeFile(join(sessions, `${String(SELF)}.json`), entryText(SELF));
  const { registry, problems, until } = await follow();
  await until((entries, told) => entries.length === 1 && told.length === 3);
  await registry.rescan();
  await registry.rescan();
  expect(problems.map(({ path }) => path).toSorted()).toEqual(
    ["123.json", "124.json", "125.json"].map((name) => join(sessions, name)),
  );
});

test("a file caught while it is written keeps what it said until it is whole", async () => {
  await mkdir(sessions);
  const path = join(sessions, `${String(SELF)}.json`);
  await writeFile(path, entryText(SELF));
  const { registry, problems, until } = await follow();
  await writeFile(path, entryText(SELF).slice(0, 20));
  await registry.rescan();
  expect(states(registry.current())).toEqual([`${String(SELF)} idle`]);
  await writeFile(path, entryText(SELF, { status: "busy" }));
  await until((entries) => entries[0]?.status === "busy");
  expect(problems).toEqual([]);
});

test("a root under two names is one root", async () => {
  await mkdir(sessions);
  await writeFile(join(sessions, `${String(SELF)}.json`), entryText(SELF));
  await symlink(root, `${root}-link`);
  const { registry } = await follow([root, `${root}-link`]);
  expect(registry.current()).toHaveLength(1);
  await rm(`${root}-link`);
});
