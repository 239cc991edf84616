/** The list of processes of a whole engine: its own children, those an earlier run left, and those of others. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readStartIdentities } from "../../electron/engine/claude/processIdentity.ts";
import { driveDuplex, duplexArgs } from "../support/duplexDriver.ts";
import { createObservedEngine, type ObservedEngine } from "./observedEngine.ts";

let observed: ObservedEngine;
let cwd: string;

beforeEach(async () => {
  observed = await createObservedEngine();
  cwd = await observed.environment.projectDir("shop");
});

afterEach(async () => {
  await observed.dispose();
});

test("a child that an earlier run of the host left is an orphan, and can be ended", async () => {
  const { ask, environment, dataDir } = observed;
  const sessionId = randomUUID();
  const args = [...duplexArgs, "--session-id", sessionId];
  const child = driveDuplex({ command: environment.claudePath, args, cwd, env: environment.env });
  await observed.session((one) => one.sessionId === sessionId && one.live);
  const startIdentity = (await readStartIdentities([child.pid])).get(child.pid) ?? "";
  const database = new Database(join(dataDir, "switchboard.db"));
  database
    .prepare("INSERT INTO owned_processes (pid, start_identity, session_id) VALUES (?, ?, ?)")
    .run(child.pid, startIdentity, sessionId);
  database.close();

  const { items } = await ask("processes.list", {});
  expect(items.filter(({ pid }) => pid === child.pid)).toMatchObject([
    { owner: "orphan", sessionId, startIdentity, cwd, projectPath: cwd, parentPid: process.pid, routes: [] },
  ]);
  await expect(ask("processes.stop", { pid: child.pid, startIdentity })).resolves.toEqual({ outcome: "ended" });
  await child.exited;
  await observed.gone(sessionId);
  const left = (await ask("processes.list", {})).items;
  expect(left.filter(({ pid }) => pid === child.pid)).toEqual([]);
});

test("a child of this host is its own from its first moment, in the list of processes and of sessions", async () => {
  const { ask, told } = observed;
  const started = ask("sessions.start", { cwd, prompt: "SAY hello" });
  const owners = new Set<string>();
  const list = async (): Promise<null> => {
    const { items } = await ask("processes.list", {});
    for (const { owner, parentPid } of items) if (parentPid === process.pid) owners.add(owner);
    return null;
  };
  let session = await Promise.race([started, list()]);
  while (session === null) session = await Promise.race([started, list()]);
  const { sessionId } = session;
  await observed.session((one) => one.sessionId === sessionId && one.activity.kind === "idle" && one.facts !== null);
  expect([...owners]).toEqual(["owned"]);
  const shown = told().flatMap((event) =>
    event.type === "session.sighted" && event.sessionId === sessionId ? [event.data.summary.owner] : [],
  );
  expect([...new Set(shown)]).toEqual(["owned"]);
});
