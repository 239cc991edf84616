import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReceiptState } from "../../shared/model/payload.ts";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";

let test: TestEngine;
beforeAll(async () => {
  test = await createTestEngine({ maxSessions: 4 });
});
afterAll(async () => {
  await test.dispose();
});

async function start(prompt: string | undefined, differences: object = {}) {
  const cwd = await test.environment.projectDir("shop");
  const session = await test.ask("sessions.start", {
    cwd,
    ...(prompt === undefined ? {} : { prompt }),
    ...differences,
  });
  return { ...session, cwd };
}

const permissionOf = async (sessionId: string) => (await test.event(sessionId, "permission.requested")).data.permission;

const receipt = (sessionId: string, payloadId: string, state: ReceiptState) =>
  test.event(sessionId, "payload.advanced", ({ data }) => data.payloadId === payloadId && data.state === state);

const said = (sessionId: string, text: string) =>
  test.event(sessionId, "assistant.textAdded", ({ data }) => data.text.includes(text));

const turnFor = (sessionId: string, payloadId: string) =>
  test.event(sessionId, "turn.completed", ({ data }) => data.payloadIds.includes(payloadId));

const close = (sessionId: string) => test.ask("sessions.close", { sessionId });

describe("the main job on the real CLI", () => {
  it("allows a shell command, which then really runs", async () => {
    const { sessionId, cwd } = await start("RUN_BASH: touch made-by-bash");
    const permission = await permissionOf(sessionId);
    expect(permission).toMatchObject({ toolName: "Bash", input: { command: "touch made-by-bash" }, projectPath: cwd });
    await test.ask("permissions.decide", { permissionId: permission.permissionId, behavior: "allow" });
    const outcome = await test.event(sessionId, "permission.outcomeKnown");
    expect(outcome.data).toEqual({ permissionId: permission.permissionId, outcome: "succeeded" });
    expect(existsSync(join(cwd, "made-by-bash"))).toBe(true);
    await close(sessionId);
  });

  it("runs an edited command instead of the one asked for", async () => {
    const { sessionId, cwd } = await start("RUN_BASH: touch asked");
    const { permissionId, input } = await permissionOf(sessionId);
    const updatedInput = { ...input, command: "touch edited" };
    await test.ask("permissions.decide", { permissionId, behavior: "allow", updatedInput });
    await test.event(sessionId, "permission.outcomeKnown");
    expect({ asked: existsSync(join(cwd, "asked")), edited: existsSync(join(cwd, "edited")) }).toEqual({
      asked: false,
      edited: true,
    });
    await close(sessionId);
  });

  it("denies with a message that the model reads", async () => {
    const { sessionId } = await start("RUN_BASH: touch never");
    const { permissionId } = await permissionOf(sessionId);
    await test.ask("permissions.decide", { permissionId, behavior: "deny", message: "Use the make target" });
    await said(sessionId, "Use the make target");
    await close(sessionId);
  });

  it("remembers an allow for the project, in the CLI's own settings", async () => {
    const { sessionId, cwd } = await start("RUN_BASH: touch remembered");
    const { permissionId, suggestions } = await permissionOf(sessionId);
    expect(suggestions.map(({ words }) => words)[0]).toMatch(/^Allow Bash: touch/u);
    await test.ask("permissions.decide", { permissionId, behavior: "allow", remember: "project" });
    await test.event(sessionId, "turn.completed");
    expect(await readFile(join(cwd, ".claude", "settings.local.json"), "utf8")).toMatch(/Bash\(touch/u);
    await close(sessionId);
  });

  it("answers a question and approves a plan", async () => {
    const question = await start("ASK_QUESTION");
    const asked = await permissionOf(question.sessionId);
    const questions = asked.input["questions"] as readonly {
      question: string;
      options: readonly { label: string }[];
    }[];
    const answers = Object.fromEntries(questions.map(({ question: text, options }) => [text, options[0]?.label ?? ""]));
    expect((await test.ask("sessions.get", { sessionId: question.sessionId })).activity.kind).toBe("awaiting_answer");
    await test.ask("permissions.decide", {
      permissionId: asked.permissionId,
      behavior: "allow",
      updatedInput: { ...asked.input, answers },
    });
    await said(question.sessionId, Object.values(answers)[0] ?? "");
    await close(question.sessionId);

    const plan = await start("PLAN a health check", { permissionMode: "plan" });
    const ready = await permissionOf(plan.sessionId);
    expect(ready).toMatchObject({
      toolName: "ExitPlanMode",
      plan: expect.stringContaining("# Plan"),
      mayRemember: false,
    });
    await test.ask("permissions.decide", { permissionId: ready.permissionId, behavior: "allow" });
    await test.event(plan.sessionId, "session.modeChanged", ({ data }) => data.permissionMode === "default");
    await close(plan.sessionId);
  });

  it("delivers a warning during a running tool call in the same turn", async () => {
    const { sessionId, cwd } = await start(undefined);
    const prompt = await test.ask("payloads.send", {
      sessionId,
      kind: "message",
      text: `WAIT_BASH ${join(cwd, "go")}`,
    });
    await test.event(sessionId, "tool.called");
    const warning = await test.ask("payloads.send", { sessionId, kind: "warning", text: "Mind the gap" });
    await receipt(sessionId, warning.payloadId, "queued");
    await writeFile(join(cwd, "go"), "");
    await said(sessionId, "Mind the gap");
    const turn = await turnFor(sessionId, warning.payloadId);
    expect(turn.data.payloadIds).toEqual([prompt.payloadId, warning.payloadId]);
    await receipt(sessionId, warning.payloadId, "answered");
    const { receipts } = await test.ask("payloads.get", { payloadId: warning.payloadId });
    expect(receipts.map(({ state }) => state)).toEqual(["accepted", "written", "queued", "delivered", "answered"]);
    await close(sessionId);
  });

  it("cuts a running tool short with a block, whose turn follows at once", async () => {
    const { sessionId, cwd } = await start(undefined);
    const prompt = await test.ask("payloads.send", {
      sessionId,
      kind: "message",
      text: `WAIT_BASH ${join(cwd, "never")}`,
    });
    // The tool has run for seconds when the CLI reports it as a task: the CLI's own `now` would not cut it any more.
    await test.event(sessionId, "task.started");
    const block = await test.ask("payloads.send", { sessionId, kind: "block", text: "SAY stopped and here" });
    expect(block.delivery).toBe("now");
    expect((await turnFor(sessionId, prompt.payloadId)).data.outcome).toBe("interrupted");
    await receipt(sessionId, prompt.payloadId, "cancelled");
    await said(sessionId, "stopped and here");
    await receipt(sessionId, block.payloadId, "answered");
    await close(sessionId);
  });

  it("adds context silently, and the model reads it with the next message", async () => {
    const { sessionId } = await start(undefined);
    const context = await test.ask("payloads.send", { sessionId, kind: "context", text: "The build is green" });
    await receipt(sessionId, context.payloadId, "delivered");
    const message = await test.ask("payloads.send", { sessionId, kind: "message", text: "SAY noted" });
    await said(sessionId, "The build is green");
    await turnFor(sessionId, message.payloadId);
    expect((await test.ask("sessions.get", { sessionId })).turnCount).toBe(1);
    await close(sessionId);
  });

  it("runs no slash command that a framed payload begins with", async () => {
    const { sessionId } = await start(undefined);
    const { payloadId } = await test.ask("payloads.send", { sessionId, kind: "completion", text: "/compact" });
    await turnFor(sessionId, payloadId);
    expect(test.events(sessionId).filter(({ type }) => type === "context.compacted")).toEqual([]);
    await close(sessionId);
  });

  it("cancels a queued payload, and refuses once it was read", async () => {
    const { sessionId } = await start(undefined);
    const hanging = test.api.hold("SAY first");
    const first = await test.ask("payloads.send", { sessionId, kind: "message", text: "SAY first" });
    await receipt(sessionId, first.payloadId, "delivered");
    const second = await test.ask("payloads.send", {
      sessionId,
      kind: "message",
      text: "SAY second",
      delivery: "later",
    });
    await receipt(sessionId, second.payloadId, "queued");
    expect((await test.ask("payloads.cancel", { payloadId: second.payloadId })).receipt).toBe("cancelled");
    await expect(test.ask("payloads.cancel", { payloadId: first.payloadId })).rejects.toMatchObject({
      code: "payload_not_cancellable",
    });
    hanging.release();
    await turnFor(sessionId, first.payloadId);
    await close(sessionId);
  });

  it("broadcasts to three sessions with a receipt each, and a failure for one that is gone", async () => {
    const sessions = [await start(undefined), await start(undefined), await start(undefined)];
    const ids = sessions.map(({ sessionId }) => sessionId);
    const { items } = await test.ask("broadcasts.send", {
      kind: "completion",
      text: "SAY merged",
      targets: [...ids, "gone"],
    });
    expect(items.map(({ sessionId, error }) => [sessionId, error?.code ?? null])).toEqual([
      ...ids.map((sessionId) => [sessionId, null]),
      ["gone", "not_found"],
    ]);
    for (const { sessionId, payload } of items.slice(0, 3))
      await receipt(sessionId, payload?.payloadId ?? "", "answered");
    await Promise.all(ids.map(close));
  });

  it("interrupts a turn and withdraws its open request", async () => {
    const { sessionId } = await start("RUN_BASH: touch never");
    const { permissionId } = await permissionOf(sessionId);
    expect(await test.ask("sessions.interrupt", { sessionId })).toEqual({ interrupted: true, stillQueued: [] });
    const settled = await test.event(sessionId, "permission.settled");
    expect(settled.data.permission).toMatchObject({ permissionId, status: "withdrawn" });
    await expect(test.ask("permissions.decide", { permissionId, behavior: "allow" })).rejects.toMatchObject({
      code: "already_resolved",
    });
    await close(sessionId);
  });

  it("survives the killing of its child: requests expire, the session says why, and resumes", async () => {
    const { sessionId, cwd, pid } = await start("SAY hello");
    await test.event(sessionId, "turn.completed");
    await test.ask("payloads.send", { sessionId, kind: "message", text: "RUN_BASH: touch never" });
    const { permissionId } = await permissionOf(sessionId);
    process.kill(pid ?? 0, "SIGKILL");
    await test.event(sessionId, "process.exited");
    expect((await test.ask("permissions.get", { permissionId })).status).toBe("expired");
    const failed = await test.ask("sessions.get", { sessionId });
    expect(failed).toMatchObject({ live: false, owner: "none", pid: null, activity: { kind: "failed" } });
    await test.ask("sessions.start", { cwd, resume: sessionId, prompt: "SAY back again" });
    await said(sessionId, "back again");
    await close(sessionId);
  });

  it("forks a session into one of its own, with its cost counted from the fork", async () => {
    const parent = await start("SAY one");
    await test.event(parent.sessionId, "turn.completed");
    await close(parent.sessionId);
    const fork = await start("SAY two", { resume: parent.sessionId, fork: true });
    expect(fork).toMatchObject({ parentSessionId: parent.sessionId });
    expect(fork.sessionId).not.toBe(parent.sessionId);
    const turn = await test.event(fork.sessionId, "turn.completed");
    expect(turn.data.costUsd).toBeLessThan(turn.data.totalCostUsd ?? 0);
    await close(fork.sessionId);
  });

  it("changes mode, model and title of a running session", async () => {
    const { sessionId } = await start(undefined);
    await test.ask("sessions.setMode", { sessionId, mode: "acceptEdits" });
    await test.ask("sessions.setModel", { sessionId, model: "claude-haiku-4-5" });
    const renamed = await test.ask("sessions.rename", { sessionId, title: "Checkout rewrite" });
    expect(renamed).toMatchObject({
      permissionMode: "acceptEdits",
      model: "claude-haiku-4-5",
      title: "Checkout rewrite",
    });
    await close(sessionId);
  });

  it("tells history, decisions and receipts again after a restart", async () => {
    const { sessionId } = await start("RUN_BASH: touch kept");
    const { permissionId } = await permissionOf(sessionId);
    await test.ask("permissions.decide", { permissionId, behavior: "deny", message: "Not now" }, "browser");
    await test.event(sessionId, "turn.completed");
    const kept = test.events(sessionId).filter(({ type }) => type !== "assistant.delta" && type !== "status.reported");
    await test.restart();
    const { items } = await test.ask("sessions.events", { sessionId });
    expect(items.slice(0, kept.length)).toEqual(kept);
    expect(await test.ask("permissions.get", { permissionId })).toMatchObject({
      status: "denied",
      decision: { decidedBy: "browser", message: "Not now" },
    });
    expect((await test.ask("payloads.list", { sessionId })).items[0]?.receipt).toBe("answered");
    expect(await test.ask("sessions.get", { sessionId })).toMatchObject({ live: false, activity: { kind: "ended" } });
  });
});

describe("bad input to the engine", () => {
  it.each([
    ["a missing directory", { cwd: "/nowhere/at/all" }, "directory_unusable"],
    ["a relative directory", { cwd: "here" }, "directory_unusable"],
    ["a fork of nothing", { cwd: "/", fork: true }, "bad_request"],
    ["a resume with another id", { cwd: "/", resume: "a", sessionId: crypto.randomUUID() }, "bad_request"],
  ])("refuses %s", async (_name, params, code) => {
    await expect(test.ask("sessions.start", params)).rejects.toMatchObject({ code });
  });

  it("refuses a file and an unreadable directory as working directory", async () => {
    const project = await test.environment.projectDir("bad-input");
    const file = join(project, "file");
    await writeFile(file, "");
    await expect(test.ask("sessions.start", { cwd: file })).rejects.toMatchObject({ code: "directory_unusable" });
    // Root may read everything, so there is nothing to refuse for it.
    if (process.getuid?.() === 0) return;
    const locked = join(project, "locked");
    await mkdir(locked);
    await chmod(locked, 0);
    await expect(test.ask("sessions.start", { cwd: locked })).rejects.toMatchObject({ code: "directory_unusable" });
  });

  it("refuses a resume of an unknown session and leaves no trace of it", async () => {
    const resume = crypto.randomUUID();
    await expect(start(undefined, { resume })).rejects.toMatchObject({ code: "not_found" });
    await expect(test.ask("sessions.get", { sessionId: resume })).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuses an id in use and a session beyond the limit", async () => {
    const sessions = [await start(undefined), await start(undefined), await start(undefined), await start(undefined)];
    await expect(start(undefined)).rejects.toMatchObject({ code: "too_many_sessions" });
    await close(sessions[3]?.sessionId ?? "");
    await expect(start(undefined, { sessionId: sessions[0]?.sessionId })).rejects.toMatchObject({
      code: "session_id_in_use",
    });
    await expect(start(undefined, { resume: sessions[0]?.sessionId })).rejects.toMatchObject({
      code: "session_id_in_use",
    });
    await Promise.all(sessions.slice(0, 3).map(({ sessionId }) => close(sessionId)));
  });

  it("refuses payloads to unknown and to ended sessions, bad progress, and a used id", async () => {
    const { sessionId } = await start(undefined);
    const payload = { kind: "warning", text: "x" } as const;
    await expect(test.ask("payloads.send", { ...payload, sessionId: "gone" })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      test.ask("payloads.send", { sessionId, kind: "progress", text: "x", metadata: { progress: 101 } }),
    ).rejects.toMatchObject({ code: "bad_request" });
    const payloadId = crypto.randomUUID();
    const sent = await test.ask("payloads.send", { ...payload, sessionId, payloadId });
    const repeated = await test.ask("payloads.send", { ...payload, sessionId, payloadId });
    expect(repeated.payloadId).toBe(sent.payloadId);
    await expect(test.ask("payloads.send", { ...payload, text: "y", sessionId, payloadId })).rejects.toMatchObject({
      code: "bad_request",
    });
    await close(sessionId);
    await expect(test.ask("payloads.send", { ...payload, sessionId })).rejects.toMatchObject({
      code: "session_not_live",
    });
    await expect(test.ask("payloads.get", { payloadId: "gone" })).rejects.toMatchObject({ code: "not_found" });
  });
});
