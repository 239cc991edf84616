/** Sessions in claude processes that are in no registry, as those of older versions are. */
import { randomUUID } from "node:crypto";
import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { appendAnswer, startStrangeClaude, type StrangeClaude } from "../support/strangeClaude.ts";
import { createObservedEngine, type ObservedEngine, runHeadless } from "./observedEngine.ts";

let observed: ObservedEngine;
let cwd: string;
let sessionId: string;
let transcript: string;
let strange: StrangeClaude | null = null;

beforeEach(async () => {
  observed = await createObservedEngine();
  cwd = await observed.environment.projectDir("shop");
  sessionId = randomUUID();
  await runHeadless(observed.environment, { cwd, args: ["--session-id", sessionId], says: ["SAY before"] });
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 1 && !one.live);
  const projects = join(observed.environment.configDir, "projects");
  const files = await readdir(projects, { recursive: true });
  transcript = join(projects, files.find((path) => path.endsWith(`${sessionId}.jsonl`)) ?? "");
});

afterEach(async () => {
  await strange?.end();
  strange = null;
  await observed.dispose();
});

// How the system tells the arguments of a process is tested on recorded output for the others.
const isLinux = process.platform === "linux";

test.skipIf(!isLinux).each([
  ["that names it", () => ["--resume", sessionId]],
  ["that is only in its directory", () => []],
])("a session in a process %s is live with what it says, and refused until that ends", async (_what, args) => {
  const { ask } = observed;
  strange = await startStrangeClaude(cwd, args());
  const { pid } = strange;
  await appendAnswer(transcript, sessionId, cwd, "Shall I go on?");

  const refusal = { code: "session_open_elsewhere", detail: { pid, sessionId } };
  await expect(ask("sessions.start", { cwd, resume: sessionId })).rejects.toMatchObject(refusal);
  await expect(ask("sessions.start", { cwd, resume: sessionId, fork: true })).rejects.toMatchObject(refusal);

  const isAsking = (activity: { readonly kind: string }) => activity.kind === "awaiting_answer";
  const live = await observed.session((one) => one.sessionId === sessionId && one.live && isAsking(one.activity));
  expect(live).toMatchObject({ owner: "observed", pid, activity: { question: "Shall I go on?" } });
  const { items } = await ask("processes.list", {});
  expect(items.find((row) => row.pid === pid)).toMatchObject({ owner: "observed", sessionId, cwd });

  await strange.end();
  const ended = await observed.session((one) => one.sessionId === sessionId && !one.live);
  expect(ended).toMatchObject({ owner: "none", pid: null, activity: { kind: "ended" } });
  const taken = await ask("sessions.start", { cwd, resume: sessionId });
  expect(taken).toMatchObject({ sessionId, owner: "owned", live: true });
});

test.skipIf(!isLinux)("a process in its directory that wrote nothing keeps nobody from taking it over", async () => {
  // Within a second nobody can tell what was first: the system's clock for processes is no finer.
  const before = new Date(Date.now() - 60_000);
  await utimes(transcript, before, before);
  strange = await startStrangeClaude(cwd, []);
  const taken = await observed.ask("sessions.start", { cwd, resume: sessionId, prompt: "SAY here" });
  expect(taken).toMatchObject({ sessionId, owner: "owned" });
  await observed.session((one) => one.sessionId === sessionId && one.turnCount === 2);
  await observed.ask("sessions.close", { sessionId });
  const again = await observed.ask("sessions.start", { cwd, resume: sessionId });
  expect(again).toMatchObject({ owner: "owned" });
});
