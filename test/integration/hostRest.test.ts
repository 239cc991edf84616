import { createConnection } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { RequestError } from "../../shared/contract/errors.ts";
import { MAX_CLIENT_FRAME_BYTES } from "../../shared/contract/limits.ts";
import { row } from "../../shared/contract/requestRow.ts";
import { requests } from "../../shared/contract/requests.ts";
import { startWebHost } from "../../electron/web/startWebHost.ts";
import { createFakeEngine } from "../unit/electron/hosting/fakeEngine.ts";
import {
  type Answer,
  ask,
  type Ask,
  connectClient,
  type HostUnderTest,
  READ_TOKEN,
  startHostUnderTest,
} from "./hostUnderTest.ts";

const PAGE = "<!doctype html><title>Switchboard</title>";
const echoRow = row({
  doc: "Echoes.",
  scope: "read",
  method: "GET",
  path: "/tests/:id/echo",
  status: 202,
  params: z.object({ id: z.string(), times: z.number(), loud: z.boolean().optional() }),
  result: z.unknown(),
});

/** Answers with what it was asked, and by whom. */
const echo = async (params: unknown, { client }: { readonly client: string }): Promise<unknown> => ({ params, client });

const handlers = {
  "sessions.list": echo,
  "sessions.get": echo,
  "sessions.start": echo,
  "sessions.interrupt": echo,
  "sessions.label": echo,
  "payloads.send": echo,
  "payloads.cancel": echo,
  "tests.echo": echo,
  "permissions.decide": async () => {
    throw new RequestError("already_resolved", "It was allowed a minute ago.", { by: "desktop" });
  },
  "host.get": async () => {
    throw new Error("the password is swordfish");
  },
};

let host: HostUnderTest;

beforeAll(async () => {
  const { engine } = createFakeEngine({ handlers });
  const table = { ...requests, "tests.echo": echoRow };
  host = await startHostUnderTest({ engine, page: PAGE, table, allowedOrigins: ["http://localhost:5173"] });
});

afterAll(() => host.dispose());

const api = (path: string, options?: Ask): Promise<Answer> => ask(host, `/api/v1${path}`, options);

describe("the way in", () => {
  it.each([
    ["no token", { token: null }, 401, "unauthorized"],
    ["a wrong token", { token: "x".repeat(43) }, 401, "unauthorized"],
    ["a foreign Host", { headers: { host: "evil.example" } }, 421, "wrong_host"],
    ["a Host of another port", { headers: { host: "127.0.0.1:1" } }, 421, "wrong_host"],
    ["a foreign Origin", { headers: { origin: "http://evil.example" } }, 403, "forbidden"],
    ["an opaque Origin", { headers: { origin: "null" } }, 403, "forbidden"],
  ])("refuses %s", async (_case, options, status, code) => {
    const answer = await api("/sessions", options);
    expect(answer).toMatchObject({ status, json: { error: { code, message: expect.any(String) } } });
  });

  it.each([["/api/v1/openapi.json"], ["/%61pi/v1/sessions"], ["/api/v1//sessions"], ["/API/v1/sessions"]])(
    "gives nothing away to %s without a token",
    async (path) => {
      expect((await ask(host, path, { token: null })).status).toBeOneOf([401, 404]);
    },
  );

  it("refuses a foreign Host for the page as well", async () => {
    expect((await ask(host, "/", { headers: { host: "evil.example" } })).status).toBe(421);
  });

  it("lets its own page and the development page in", async () => {
    const origins = [host.url, "http://localhost:5173"];
    const answers = await Promise.all(origins.map((origin) => api("/sessions", { headers: { origin } })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it("lets a token do what its scopes say, and names it", async () => {
    const looked = await api("/sessions/s", { token: READ_TOKEN });
    expect(looked).toMatchObject({ status: 200, json: { client: "rest (looker)" } });
    const stopped = await api("/sessions/s/interrupt", { token: READ_TOKEN, method: "POST" });
    expect(stopped).toMatchObject({
      status: 403,
      json: { error: { code: "forbidden", detail: { scope: "control" } } },
    });
  });
});

describe("requests", () => {
  it.each([
    ["GET", "/sessions?live=true&limit=5&q=5", undefined, 200, { live: true, limit: 5, q: "5" }],
    ["GET", "/sessions", undefined, 200, { limit: 100 }],
    ["GET", "/sessions/a%2Fb", undefined, 200, { sessionId: "a/b" }],
    ["POST", "/sessions", { cwd: "/x" }, 201, { cwd: "/x" }],
    ["POST", "/sessions/s/interrupt", undefined, 200, { sessionId: "s" }],
    [
      "POST",
      "/sessions/s/payloads",
      { kind: "warning", text: "x", sessionId: "other" },
      202,
      { sessionId: "s", kind: "warning", text: "x", metadata: {} },
    ],
    ["PUT", "/sessions/s/label", { label: "  Acme \n Ltd " }, 200, { sessionId: "s", label: "Acme Ltd" }],
    ["PUT", "/sessions/s/label", { label: "" }, 200, { sessionId: "s", label: "" }],
    ["DELETE", "/payloads/p", undefined, 200, { payloadId: "p" }],
  ])("%s %s", async (method, path, body, status, params) => {
    const answer = await api(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    expect(answer).toMatchObject({ status, json: { params, client: "rest" } });
  });

  it("takes an empty body for no params", async () => {
    const answer = await api("/sessions/s/interrupt", { method: "POST", body: "" });
    expect(answer).toMatchObject({ status: 200, json: { params: { sessionId: "s" } } });
  });

  const big = JSON.stringify({ kind: "message", text: "x".repeat(5 * 1024 * 1024) });
  const overLimit = JSON.stringify({ kind: "message", text: "x".repeat(1024 * 1024 + 1) });
  it.each([
    ["POST", "/sessions/s/payloads", { body: "{" }, 400, "bad_request"],
    ["POST", "/sessions/s/payloads", { body: "[]" }, 400, "bad_request"],
    ["POST", "/sessions/s/payloads", { body: '{"kind":"message","text":""}' }, 400, "bad_request"],
    ["POST", "/sessions/s/payloads", { body: '{"kind":"shout","text":"x"}' }, 400, "bad_request"],
    ["POST", "/sessions/s/payloads", { body: '{"kind":"message","text":"x","metadata":5}' }, 400, "bad_request"],
    ["POST", "/sessions/s/payloads", { body: overLimit }, 413, "too_large"],
    ["POST", "/sessions/s/payloads", { body: big }, 413, "too_large"],
    ["POST", "/sessions", { body: "cwd=/x", headers: { "content-type": "text/html" } }, 400, "bad_request"],
    ["GET", "/sessions?limit=many", {}, 400, "bad_request"],
    ["GET", "/sessions?limit=1&limit=2", {}, 400, "bad_request"],
    ["GET", `/sessions/${"x".repeat(201)}`, {}, 400, "bad_request"],
    ["GET", "/sessions/%E0%A4%A", {}, 400, "bad_request"],
    ["GET", "/payloads/unknown", {}, 404, "not_found"],
    ["GET", "/nothing/here", {}, 404, "not_found"],
    ["PUT", "/sessions", { body: "{}" }, 404, "not_found"],
    ["POST", "/permissions/p/decision", { body: '{"behavior":"allow"}' }, 409, "already_resolved"],
    ["GET", "/host", {}, 500, "internal"],
  ])("answers %s %.40s with a failure", async (method, path, options, status, code) => {
    const answer = await api(path, { method, ...options });
    expect(answer).toMatchObject({ status, json: { error: { code, message: expect.any(String) } } });
    expect(answer.text).not.toContain("swordfish");
  });

  it("names the fields that are wrong", async () => {
    const body = '{"behavior":"maybe","updatedInput":[]}';
    const { json } = await api("/permissions/p/decision", { method: "POST", body });
    expect(json).toMatchObject({ error: { detail: { issues: [{ field: "behavior" }, { field: "updatedInput" }] } } });
  });

  it("serves a row that was added to the table at every door", async () => {
    const asked = await api("/tests/a/echo?times=2&loud=true");
    const params = { id: "a", times: 2, loud: true };
    expect(asked).toMatchObject({ status: 202, json: { params, client: "rest" } });

    const client = await connectClient(host);
    client.say({ t: "request", id: 1, name: "tests.echo", params });
    expect(await client.heard(({ t }) => t === "reply")).toMatchObject({ result: { params, client: "test" } });
    client.socket.close();

    const document = await api("/openapi.json");
    expect(document.json).toMatchObject({ paths: { "/tests/{id}/echo": { get: { operationId: "tests.echo" } } } });
  });
});

describe("pages", () => {
  it("serves the page without a token, under strict headers", async () => {
    const { status, text, headers } = await ask(host, "/", { token: null });
    expect([status, text]).toEqual([200, PAGE]);
    const policy = [
      "default-src 'self'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      `connect-src 'self' ws://127.0.0.1:${host.port}`,
      "img-src 'self' data:",
      "object-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join("; ");
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-cache",
    });
  });

  it("keeps answers of the API out of caches", async () => {
    expect((await api("/sessions")).headers["cache-control"]).toBe("no-store");
  });

  it.each(["/nothing", "/api", "/api/v2/sessions", "/../hostUnderTest.ts", "/%2e%2e/%2e%2e/etc/passwd"])(
    "has nothing at %s",
    async (path) => {
      expect((await ask(host, path, { token: null })).status).toBeOneOf([400, 403, 404]);
    },
  );

  it("opens once by a link, with the token in the fragment", async () => {
    const { pathname } = new URL(host.createOpenLink());
    const [first, second] = [await ask(host, pathname, { token: null }), await ask(host, pathname, { token: null })];
    expect([first.status, first.headers["location"]]).toEqual([303, `/#token=${host.token}`]);
    expect([second.status, second.headers["location"]]).toEqual([404, undefined]);
  });

  it("says how to build the page where it is missing", async () => {
    const bare = await startHostUnderTest({ engine: createFakeEngine().engine });
    const { status, text } = await ask(bare, "/", { token: null });
    expect([status, text.includes("npm run build")]).toEqual([503, true]);
    await bare.dispose();
  });
});

describe("the port", () => {
  it("is loopback's alone, and free again after close", async () => {
    const first = await startHostUnderTest({ engine: createFakeEngine().engine });
    expect(first.url).toBe(`http://127.0.0.1:${first.port}`);
    await first.dispose();
    const second = await startHostUnderTest({ engine: createFakeEngine().engine, port: first.port });
    expect(second.port).toBe(first.port);
    await second.dispose();
  });

  it("that is in use is told as such", async () => {
    const { engine } = createFakeEngine();
    const { dataDir, log, port } = host;
    await expect(startWebHost({ engine, dataDir, port, staticDir: dataDir, log })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });

  it("survives a client that speaks no HTTP", async () => {
    const socket = createConnection({ host: "127.0.0.1", port: host.port });
    socket.end("nonsense\r\n\r\n");
    socket.resume();
    await once(socket, "close");
    expect((await api("/sessions")).status).toBe(200);
  });
});

it("refuses a body over the limit before it has read it whole", async () => {
  const headers = { "content-length": String(MAX_CLIENT_FRAME_BYTES * 100), "content-type": "application/json" };
  const socket = createConnection({ host: "127.0.0.1", port: host.port });
  const lines = Object.entries({ ...headers, host: `127.0.0.1:${host.port}`, authorization: `Bearer ${host.token}` });
  socket.write(`POST /api/v1/sessions HTTP/1.1\r\n${lines.map((line) => line.join(": ")).join("\r\n")}\r\n\r\n{`);
  const [head] = await once(socket, "data");
  expect(String(head)).toContain("413 Payload Too Large");
  socket.destroy();
});
