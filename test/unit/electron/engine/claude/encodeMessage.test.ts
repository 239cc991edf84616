import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  encodeControlError,
  encodeControlRequest,
  encodePermissionAnswer,
  encodeUserMessage,
} from "../../../../../electron/engine/claude/encodeMessage.ts";

const user = { type: "user", uuid: "u1", message: { role: "user", content: "Hello" }, parent_tool_use_id: null };

test.each([
  ["a plain message", { uuid: "u1", text: "Hello" }, user],
  ["the defaults, said aloud", { uuid: "u1", text: "Hello", shouldQuery: true, clientComposed: false }, user],
  ["a priority", { uuid: "u1", text: "Hello", priority: "now" as const }, { ...user, priority: "now" }],
  ["context without a turn", { uuid: "u1", text: "Hello", shouldQuery: false }, { ...user, shouldQuery: false }],
  ["text as written", { uuid: "u1", text: "Hello", clientComposed: true }, { ...user, client_composed: true }],
])("user message: %s", (_name, input, expected) => {
  expect(JSON.parse(encodeUserMessage(input))).toEqual(expected);
});

test("any text is one line that says the same again", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const line = encodeUserMessage({ uuid: "u1", text: `\u2028${text}\u2029\n\r\0` });
      expect(line).toMatch(/^[^\n\r\u2028\u2029]*\n$/u);
      expect(JSON.parse(line).message.content).toBe(`\u2028${text}\u2029\n\r\0`);
    }),
  );
});

test("control request: the body cannot change the subtype", () => {
  expect(JSON.parse(encodeControlRequest("r1", "set_model", { model: "sonnet", subtype: "other" }))).toEqual({
    type: "control_request",
    request_id: "r1",
    request: { subtype: "set_model", model: "sonnet" },
  });
});

test.each([
  [
    "allow",
    { behavior: "allow" as const, updatedInput: { command: "ls" }, updatedPermissions: [] },
    { behavior: "allow", updatedInput: { command: "ls" } },
  ],
  [
    "allow and remember",
    { behavior: "allow" as const, updatedInput: {}, updatedPermissions: [{ type: "setMode" }] },
    { behavior: "allow", updatedInput: {}, updatedPermissions: [{ type: "setMode" }] },
  ],
  [
    "deny",
    { behavior: "deny" as const, message: "Not now" },
    { behavior: "deny", message: "Not now", interrupt: false },
  ],
  [
    "deny without words",
    { behavior: "deny" as const, message: " ", interrupt: true },
    { behavior: "deny", message: "The user denied this tool call.", interrupt: true },
  ],
])("permission answer: %s", (_name, answer, response) => {
  expect(JSON.parse(encodePermissionAnswer("r1", answer))).toEqual({
    type: "control_response",
    response: { subtype: "success", request_id: "r1", response },
  });
});

test("control error", () => {
  expect(JSON.parse(encodeControlError("r1", "Unknown"))).toEqual({
    type: "control_response",
    response: { subtype: "error", request_id: "r1", error: "Unknown" },
  });
});
