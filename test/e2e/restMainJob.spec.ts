import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { startHost } from "../support/startHost.ts";
import { expect, test } from "./stage.ts";

/** The main job with nothing but the documented REST names and `fetch`, as a script would do it. */

const item = z.looseObject({});
const session = z.looseObject({
  sessionId: z.string(),
  activity: z.looseObject({ kind: z.string() }),
  pid: z.number().nullable(),
  turnCount: z.number(),
});
const permission = z.looseObject({
  permissionId: z.string(),
  sessionId: z.string(),
  toolName: z.string(),
  status: z.string(),
});
const payload = z.looseObject({ payloadId: z.string(), receipt: z.string() });
const failure = z.object({ error: z.looseObject({ code: z.string(), message: z.string() }) });

interface Script {
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body?: unknown) => Promise<unknown>;
  readonly remove: (path: string) => Promise<unknown>;
}

function scriptFor(base: string, token: string): Script {
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${base}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return await response.json();
  }
  return {
    get: (path) => ask("GET", path),
    post: (path, body) => ask("POST", path, body),
    remove: (path) => ask("DELETE", path),
  };
}

async function activityOf(script: Script, sessionId: string): Promise<string> {
  return session.parse(await script.get(`/sessions/${sessionId}`)).activity.kind;
}

async function turnsOf(script: Script, sessionId: string): Promise<number> {
  return session.parse(await script.get(`/sessions/${sessionId}`)).turnCount;
}

async function pendingOf(script: Script, sessionId: string): Promise<z.infer<typeof permission>> {
  let found: z.infer<typeof permission> | undefined;
  await expect
    .poll(async () => {
      const { items } = z.object({ items: z.array(permission) }).parse(await script.get("/permissions?status=pending"));
      found = items.find((candidate) => candidate.sessionId === sessionId);
      return found?.status;
    })
    .toBe("pending");
  if (found === undefined) throw new Error("No request is pending");
  return found;
}

async function expectReceipt(script: Script, payloadId: string, receipt: string): Promise<void> {
  await expect.poll(async () => payload.parse(await script.get(`/payloads/${payloadId}`)).receipt).toBe(receipt);
}

test("the main job by REST alone", async ({ stage }) => {
  const { api, environment } = stage;
  const script = scriptFor(stage.host().url, stage.host().token);
  const cwd = await environment.projectDir("rest");
  const hostInfo = z
    .looseObject({ pid: z.number(), claude: z.object({ version: z.string() }) })
    .parse(await script.get("/host"));
  expect(hostInfo.pid).toBe(stage.host().pid);

  await test.step("start a session and allow its command", async () => {
    const started = session.parse(await script.post("/sessions", { cwd, prompt: "RUN_BASH echo done > allowed.txt" }));
    const request = await pendingOf(script, started.sessionId);
    expect(request.toolName).toBe("Bash");
    const decided = permission.parse(
      await script.post(`/permissions/${request.permissionId}/decision`, { behavior: "allow" }),
    );
    expect(decided.status).toBe("allowed");
    await expect.poll(() => activityOf(script, started.sessionId)).toBe("idle");
    expect(await readFile(join(cwd, "allowed.txt"), "utf8")).toBe("done\n");
    const again = failure.parse(
      await script.post(`/permissions/${request.permissionId}/decision`, { behavior: "deny", message: "too late" }),
    );
    expect(again.error.code).toBe("already_resolved");
  });

  await test.step("deny a command with a message that the model reads", async () => {
    const started = session.parse(await script.post("/sessions", { cwd, prompt: "RUN_BASH touch denied.txt" }));
    const request = await pendingOf(script, started.sessionId);
    await script.post(`/permissions/${request.permissionId}/decision`, {
      behavior: "deny",
      message: "Not on a Friday",
    });
    const told = await api.waitForRequest(({ conversation }) =>
      conversation.toolResults.some((result) => result.text.includes("Not on a Friday")),
    );
    expect(told.conversation.toolResults[0]?.isError).toBe(true);
    await expect.poll(() => activityOf(script, started.sessionId)).toBe("idle");
    await expect(access(join(cwd, "denied.txt"))).rejects.toThrow();
  });

  await test.step("inject a warning into a running tool call, cancel what is queued, close", async () => {
    const started = session.parse(
      await script.post("/sessions", { cwd, prompt: "WAIT_BASH go.txt", allowedTools: ["Bash"] }),
    );
    const { sessionId } = started;
    await expect.poll(() => activityOf(script, sessionId)).toBe("tool_pending");
    const warning = payload.parse(
      await script.post(`/sessions/${sessionId}/payloads`, { kind: "warning", text: "The disk is nearly full" }),
    );
    const queued = payload.parse(
      await script.post(`/sessions/${sessionId}/payloads`, { kind: "message", text: "SAY never", delivery: "later" }),
    );
    await expectReceipt(script, queued.payloadId, "queued");
    expect(payload.parse(await script.remove(`/payloads/${queued.payloadId}`)).receipt).toBe("cancelled");
    await script.post("/sessions", { cwd, prompt: "RUN_BASH touch go.txt", allowedTools: ["Bash"] });
    await expectReceipt(script, warning.payloadId, "answered");
    const { items } = z
      .object({ items: z.array(item) })
      .parse(await script.get(`/sessions/${sessionId}/events?limit=500`));
    expect(JSON.stringify(items)).toContain('Meanwhile I was told: <switchboard-payload kind=\\"warning\\"');
    expect(session.parse(await script.remove(`/sessions/${sessionId}`)).activity.kind).toBe("ended");
  });

  await test.step("broadcast to three sessions, three receipts", async () => {
    const started = await Promise.all(
      ["one", "two", "three"].map(async (name) =>
        session.parse(await script.post("/sessions", { cwd: await environment.projectDir(name) })),
      ),
    );
    const targets = started.map(({ sessionId }) => sessionId);
    const broadcast = z
      .object({ items: z.array(z.looseObject({ sessionId: z.string(), payload })) })
      .parse(await script.post("/broadcasts", { kind: "message", text: "SAY heard", targets }));
    expect(broadcast.items.map(({ sessionId }) => sessionId)).toEqual(targets);
    for (const sent of broadcast.items) await expectReceipt(script, sent.payload.payloadId, "answered");
  });

  await test.step("interrupt a turn", async () => {
    const started = session.parse(await script.post("/sessions", { cwd, prompt: "HANG for ever" }));
    await expect.poll(() => activityOf(script, started.sessionId)).toBe("working");
    await api.waitForRequest(({ conversation }) => conversation.prompt.startsWith("HANG"));
    const answer = z
      .object({ interrupted: z.boolean() })
      .parse(await script.post(`/sessions/${started.sessionId}/interrupt`));
    expect(answer.interrupted).toBe(true);
    await expect.poll(() => activityOf(script, started.sessionId)).toBe("idle");
  });

  await test.step("a killed child fails with a reason and resumes", async () => {
    const { sessionId, pid } = session.parse(await script.post("/sessions", { cwd, prompt: "SAY before" }));
    // What the CLI has not begun to work on it does not keep.
    await expect.poll(() => turnsOf(script, sessionId)).toBe(1);
    process.kill(pid ?? 0, "SIGKILL");
    await expect.poll(() => activityOf(script, sessionId)).toBe("failed");
    const resumed = session.parse(await script.post("/sessions", { cwd, resume: sessionId, prompt: "SAY after" }));
    expect(resumed.sessionId).toBe(sessionId);
    await expect
      .poll(async () => JSON.stringify(session.parse(await script.get(`/sessions/${sessionId}`)).activity))
      .toContain("after");
  });
});

test("what cannot be done is refused with a code and words", async ({ stage }) => {
  const { environment } = stage;
  const script = scriptFor(stage.host().url, stage.host().token);
  const cwd = await environment.projectDir("bad");
  const { sessionId } = session.parse(await script.post("/sessions", { cwd, prompt: "SAY hello" }));
  const codeOf = async (answer: Promise<unknown>): Promise<string> => failure.parse(await answer).error.code;
  const asked: Readonly<Record<string, string>> = {
    "unknown session": await codeOf(script.get("/sessions/none")),
    "unknown payload": await codeOf(script.get("/payloads/none")),
    "unknown permission": await codeOf(script.post("/permissions/none/decision", { behavior: "allow" })),
    "empty text": await codeOf(script.post(`/sessions/${sessionId}/payloads`, { kind: "message", text: "  " })),
    "5 MB of text": await codeOf(
      script.post(`/sessions/${sessionId}/payloads`, { kind: "message", text: "x".repeat(5 * 1024 * 1024) }),
    ),
    "unknown kind": await codeOf(script.post(`/sessions/${sessionId}/payloads`, { kind: "rumour", text: "x" })),
    "metadata that is no object": await codeOf(
      script.post(`/sessions/${sessionId}/payloads`, { kind: "warning", text: "x", metadata: "x" }),
    ),
    "a missing directory": await codeOf(script.post("/sessions", { cwd: join(cwd, "missing") })),
    "a file as directory": await codeOf(script.post("/sessions", { cwd: environment.claudePath })),
    "an id in use": await codeOf(script.post("/sessions", { cwd, sessionId })),
    "resume of an unknown id": await codeOf(script.post("/sessions", { cwd, resume: crypto.randomUUID() })),
    "a wrong token": await codeOf(scriptFor(stage.host().url, "wrong").get("/host")),
  };
  expect(asked).toEqual({
    "unknown session": "not_found",
    "unknown payload": "not_found",
    "unknown permission": "not_found",
    "empty text": "bad_request",
    "5 MB of text": "too_large",
    "unknown kind": "bad_request",
    "metadata that is no object": "bad_request",
    "a missing directory": "directory_unusable",
    "a file as directory": "directory_unusable",
    "an id in use": "session_id_in_use",
    "resume of an unknown id": "not_found",
    "a wrong token": "unauthorized",
  });
});

test("more sessions than allowed are refused, and the others go on", async ({ stage }) => {
  const { environment } = stage;
  const host = await startHost({
    env: environment.env,
    dataDir: join(environment.home, "small"),
    claudePath: environment.claudePath,
    maxSessions: 1,
  });
  try {
    const script = scriptFor(host.url, host.token);
    const cwd = await environment.projectDir("small");
    const first = session.parse(await script.post("/sessions", { cwd }));
    expect(failure.parse(await script.post("/sessions", { cwd })).error.code).toBe("too_many_sessions");
    expect(session.parse(await script.get(`/sessions/${first.sessionId}`)).pid).not.toBeNull();
  } finally {
    await host.stop();
  }
});
