import { describe, expect, it } from "vitest";
import { z } from "zod";
import { RequestError } from "../../../../shared/contract/errors.ts";
import { row } from "../../../../shared/contract/requestRow.ts";
import { requests } from "../../../../shared/contract/requests.ts";
import { ALL_SCOPES } from "../../../../shared/contract/scopes.ts";
import { callRequest, type RequestCall, type RequestDoor } from "../../../../electron/hosting/callRequest.ts";
import { createFakeEngine } from "./fakeEngine.ts";

const context = { client: "test" };

function doorWith(handlers: Readonly<Record<string, (params: never) => Promise<unknown>>>): RequestDoor {
  return { table: requests, handlers: createFakeEngine({ handlers }).engine.handlers };
}

async function failureOf(call: Partial<RequestCall>, door = doorWith({})): Promise<unknown> {
  const whole = { name: "host.get", params: {}, scopes: ALL_SCOPES, context, ...call };
  const error = await callRequest(door, whole).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof RequestError ? { code: error.code, message: error.message, detail: error.detail } : error;
}

describe("callRequest", () => {
  it("gives the handler validated params with defaults, and who asks", async () => {
    let received: unknown;
    const door: RequestDoor = {
      table: requests,
      handlers: {
        "projects.list": async (params, asker) => {
          received = { params, asker };
          return "answer";
        },
      },
    };
    const call = { name: "projects.list", params: { surplus: 1 }, scopes: ["read"], context } as const;
    expect(await callRequest(door, call)).toBe("answer");
    expect(received).toEqual({ params: { limit: 100 }, asker: context });
  });

  it.each(["nothing.here", "toString", "__proto__"])("does not know a request named %s", async (name) => {
    expect(await failureOf({ name })).toMatchObject({ code: "not_found" });
  });

  it.each(Object.entries(requests))("lets %s pass with its scope alone and not without it", async (name, { scope }) => {
    const others = ALL_SCOPES.filter((other) => other !== scope);
    expect(await failureOf({ name, params: null, scopes: others })).toMatchObject({
      code: "forbidden",
      detail: { scope },
    });
    expect(await failureOf({ name, params: null, scopes: [scope] })).toMatchObject({ code: "bad_request" });
  });

  it("names each field that is wrong", async () => {
    const params = { sessionId: "", kind: "shout", text: "  ", metadata: [] };
    expect(await failureOf({ name: "payloads.send", params })).toMatchObject({
      code: "bad_request",
      detail: {
        issues: [
          { field: "sessionId" },
          { field: "kind" },
          { field: "text", message: "The text is empty. Write what the session shall read." },
          { field: "metadata" },
        ],
      },
    });
  });

  it.each([
    ["text", { text: "x".repeat(1024 * 1024 + 1) }],
    ["text", { text: "\u{1F600}".repeat(300_000) }],
    ["metadata", { text: "x", metadata: { note: "x".repeat(16 * 1024) } }],
  ])("says too_large for an oversized %s", async (field, content) => {
    const params = { sessionId: "s", kind: "message", ...content };
    expect(await failureOf({ name: "payloads.send", params })).toMatchObject({
      code: "too_large",
      detail: { issues: [{ field }] },
    });
  });

  it("lists a bounded number of wrong fields", async () => {
    const params = { kind: "message", text: "x", targets: Array.from({ length: 90 }, () => 1) };
    const failure = await failureOf({ name: "broadcasts.send", params });
    expect(failure).toMatchObject({
      detail: { issues: expect.toSatisfy((issues: unknown[]) => issues.length === 20) },
    });
  });

  it("passes on what a handler throws", async () => {
    const door = doorWith({
      "host.get": async () => {
        throw new RequestError("claude_unavailable", "There is no claude.");
      },
    });
    expect(await failureOf({}, door)).toEqual({ code: "claude_unavailable", message: "There is no claude." });
  });

  it("serves a row that was added to the table", async () => {
    const echo = row({
      doc: "Echoes.",
      scope: "read",
      method: "GET",
      path: "/echo",
      params: z.object({ text: z.string() }),
      result: z.string(),
    });
    const door: RequestDoor = {
      table: { ...requests, "tests.echo": echo },
      handlers: { "tests.echo": async ({ text }: { text: string }) => text },
    };
    expect(await callRequest(door, { name: "tests.echo", params: { text: "hi" }, scopes: ["read"], context })).toBe(
      "hi",
    );
  });
});
