/** Sessions that somebody else started, as the real CLI shows them: in a terminal and headless. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { watch } from "chokidar";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readStartIdentities } from "../../electron/engine/claude/processIdentity.ts";
import type { LiveEntry } from "../../electron/engine/discovery/believedEntries.ts";
import { classifyTranscript } from "../../electron/engine/discovery/classifyTranscript.ts";
import { combineActivity } from "../../electron/engine/discovery/combineActivity.ts";
import type { Activity } from "../../shared/model/activity.ts";
import { joinProcesses } from "../../electron/engine/discovery/joinProcesses.ts";
import { createProcessList } from "../../electron/engine/discovery/listProcesses.ts";
import { watchRegistry } from "../../electron/engine/discovery/sessionRegistry.ts";
import { looksLikeQuestion } from "../../shared/state/looksLikeQuestion.ts";
import { jsonObjectSchema } from "../../shared/model/jsonSchema.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { driveDuplex, duplexArgs } from "../support/duplexDriver.ts";
import { type ScriptedApi, startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { hasTmux, openTerminal, type Terminal } from "../support/terminalSession.ts";

let api: ScriptedApi;
let environment: ClaudeEnvironment;
let terminal: Terminal;
let cwd: string;
let followed: Followed;

beforeAll(async () => {
  api = await startScriptedApi();
  environment = await createClaudeEnvironment({ apiUrl: api.url });
  cwd = await environment.projectDir("shop");
  terminal = openTerminal(environment);
});

beforeEach(async () => {
  followed = await follow(environment.configDir);
});

afterEach(async () => {
  await followed.close();
});

afterAll(async () => {
  await terminal.close();
  await api.close();
  await environment.dispose();
});

test.skipIf(!hasTmux)(
  "a session in a terminal is seen with its project and its state, and is gone after its end",
  async () => {
    const repl = await terminal.start(cwd);
    const { sessionId } = await followed.session(repl.pid, ({ kind }) => kind === "idle");
    expect(followed.entry(repl.pid)).toMatchObject({ cwd, entrypoint: "cli", version: "2.1.329", status: "idle" });

    const gate = api.hold("SAY");
    await repl.say("SAY Shall I go on?");
    await followed.session(repl.pid, ({ kind }) => kind === "working");
    gate.release();
    await followed.session(repl.pid, ({ kind }) => kind === "awaiting_answer");
    expect(followed.activity(repl.pid)).toEqual({
      kind: "awaiting_answer",
      question: "Shall I go on?",
      permissionId: null,
    });

    await repl.say("RUN_BASH: touch made; until [ -e go ]; do sleep 0.05; done");
    await followed.session(
      repl.pid,
      (activity) => activity.kind === "awaiting_permission" && activity.toolName !== null,
    );
    expect(followed.activity(repl.pid)).toEqual({ kind: "awaiting_permission", permissionId: null, toolName: "Bash" });

    const isWaiting = () => followed.entry(repl.pid)?.status === "waiting";
    await repl.answer("Enter", "Do you want to proceed?", isWaiting);
    await followed.session(repl.pid, ({ kind }) => kind === "tool_pending");
    await writeFile(join(cwd, "go"), "");
    await followed.session(repl.pid, ({ kind }) => kind === "idle");

    await repl.say("ASK_QUESTION");
    await followed.session(repl.pid, ({ kind }) => kind === "awaiting_answer");
    await followed.session(
      repl.pid,
      (activity) =>
        activity.kind === "awaiting_answer" && activity.question === "Which database should the ledger use?",
    );
    await repl.answer("Escape", "Which database should the ledger use?", isWaiting);
    await followed.session(repl.pid, ({ kind }) => kind === "idle");

    expect(await row(repl.pid)).toMatchObject({
      owner: "observed",
      sessionId,
      projectPath: cwd,
      cwd,
      tty: expect.stringMatching(/^(?:pts\/|ttys)\d+$/u),
      command: expect.stringContaining("--permission-mode default"),
      memoryBytes: expect.any(Number),
      cpuPercent: expect.any(Number),
      routes: ["inbox", "tmux"],
    });

    await repl.say("/exit");
    await followed.gone(repl.pid);
    expect(await row(repl.pid)).toBeUndefined();
  },
);

test.skipIf(!hasTmux)("a session in a terminal that is killed is gone, though its file stays", async () => {
  const repl = await terminal.start(cwd);
  await followed.session(repl.pid, ({ kind }) => kind === "idle");
  process.kill(repl.pid, "SIGKILL");
  await followed.gone(repl.pid);
  expect(await readdir(join(environment.configDir, "sessions"))).toContain(`${String(repl.pid)}.json`);
});

test("a headless session is seen, and is gone after its end", async () => {
  const driver = driveDuplex({ command: environment.claudePath, args: duplexArgs, cwd, env: environment.env });
  const gate = api.hold("SAY headless");
  driver.say("SAY headless");
  const { entrypoint } = await followed.session(driver.pid, ({ kind }) => kind === "working");
  expect(entrypoint).toBe("sdk-cli");
  expect(await row(driver.pid)).toMatchObject({
    owner: "observed",
    projectPath: cwd,
    tty: null,
    parentPid: process.pid,
  });
  gate.release();
  await driver.waitFor(({ type }) => type === "result");
  driver.endInput();
  await driver.exited;
  await followed.gone(driver.pid);
});

/** One look at the process list, joined with the registry; undefined when the process is not in it. */
async function row(pid: number) {
  const processes = createProcessList({ readStartIdentities });
  const registry = followed.entries();
  const listed = await processes.list(registry.map((entry) => entry.pid));
  const rows = joinProcesses({
    listed,
    registry,
    live: [],
    recorded: [],
    found: [],
    usableRoutes: new Set(["stdin", "inbox", "tmux"]),
  });
  return rows.find((found) => found.pid === pid);
}

interface Followed {
  readonly entries: () => readonly LiveEntry[];
  readonly entry: (pid: number) => LiveEntry | undefined;
  readonly activity: (pid: number) => Activity | undefined;
  /** Resolves as soon as the process is in the registry and its session does what passes. */
  readonly session: (pid: number, passes: (activity: Activity) => boolean) => Promise<LiveEntry>;
  readonly gone: (pid: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Follows registry and transcripts together, as the engine does. */
async function follow(configDir: string): Promise<Followed> {
  let entries: readonly LiveEntry[] = [];
  const activities = new Map<number, Activity>();
  const looks = new Set<() => void>();
  const problems: unknown[] = [];
  let last: Promise<void> = Promise.resolve();
  async function lookAtAll(): Promise<void> {
    const seen = entries;
    activities.clear();
    for (const entry of seen) activities.set(entry.pid, await activityOf(configDir, entry));
    for (const look of looks) look();
  }
  function update(): void {
    last = last.then(lookAtAll);
  }
  const registry = await watchRegistry({
    roots: [configDir],
    readStartIdentities,
    onChange: (changed) => {
      entries = changed;
      update();
    },
    onProblem: (problem) => problems.push(problem),
  });
  const projects = join(configDir, "projects");
  const ignored = (path: string) => path !== configDir && !path.startsWith(projects);
  const transcripts = watch(configDir, { ignored }).on("all", update);
  function until<Found>(find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        looks.delete(look);
        resolve(found);
      };
      looks.add(look);
      look();
    });
  }
  return {
    entries: () => entries,
    entry: (pid) => entries.find((entry) => entry.pid === pid),
    activity: (pid) => activities.get(pid),
    session: (pid, passes) =>
      until(() => {
        const activity = activities.get(pid);
        return activity !== undefined && passes(activity) ? entries.find((entry) => entry.pid === pid) : undefined;
      }),
    gone: (pid) => until(() => (entries.some((entry) => entry.pid === pid) ? undefined : true)).then(() => undefined),
    close: async () => {
      await registry.close();
      await transcripts.close();
      await last;
      expect(problems).toEqual([]);
    },
  };
}

async function activityOf(configDir: string, entry: LiveEntry): Promise<Activity> {
  const slug = (entry.cwd ?? "").replaceAll(/[^A-Za-z0-9]/gu, "-");
  const path = join(configDir, "projects", slug, `${entry.sessionId}.jsonl`);
  const lines = (await readFile(path, "utf8").catch(() => "")).split("\n").slice(0, -1);
  const records = lines.map((line) => jsonObjectSchema.parse(JSON.parse(line)));
  const transcript = classifyTranscript(records, looksLikeQuestion);
  return combineActivity({ owned: null, registry: entry, process: "running", transcript });
}
