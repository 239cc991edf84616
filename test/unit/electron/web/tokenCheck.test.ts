import { describe, expect, it } from "vitest";
import { createTokenCheck, tokenOf } from "../../../../electron/web/tokenCheck.ts";

describe("tokenOf", () => {
  it.each([
    [{ authorization: "Bearer abc" }, "abc"],
    [{ authorization: "bearer abc" }, "abc"],
    [{ authorization: "Basic abc" }, null],
    [{ authorization: "Bearer" }, null],
    [{ "sec-websocket-protocol": "switchboard.v1, bearer.a-b_c" }, "a-b_c"],
    [{ "sec-websocket-protocol": "switchboard.v1" }, null],
    [{}, null],
  ])("%j carries %s", (headers, token) => {
    expect(tokenOf(headers)).toBe(token);
  });
});

describe("createTokenCheck", () => {
  const owner = { label: null, token: "owner-token", scopes: ["read"] } as const;
  const other = { label: "ci", token: "other-token", scopes: [] } as const;
  const check = createTokenCheck([owner, other]);

  it.each([
    ["owner-token", owner],
    ["other-token", other],
    ["owner-toke", null],
    ["owner-token ", null],
    ["", null],
  ])("knows %j as %j", (token, grant) => {
    expect(check(token)).toEqual(grant);
  });
});
