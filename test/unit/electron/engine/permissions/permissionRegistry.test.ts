import { describe, expect, it } from "vitest";
import {
  type PermissionAnswer,
  type PermissionAsk,
  PermissionRegistry,
} from "../../../../../electron/engine/permissions/permissionRegistry.ts";
import type { RequestParams } from "../../../../../shared/contract/requests.ts";
import type { EventDraft } from "../../../../../shared/model/event.ts";
import type { JsonObject } from "../../../../../shared/model/json.ts";
import type { Permission } from "../../../../../shared/model/permission.ts";

const suggestion: JsonObject = {
  type: "addRules",
  rules: [{ toolName: "Bash", ruleContent: "touch *" }],
  behavior: "allow",
  destination: "localSettings",
};

const ask: PermissionAsk = {
  sessionId: "s1",
  projectPath: "/home/dev/project",
  origin: "owned",
  toolName: "Bash",
  displayName: "Bash",
  toolUseId: "toolu_1",
  input: { command: "touch a" },
  description: "Touch a",
  decisionReason: null,
  decisionReasonType: null,
  blockedPath: null,
  requiresUserInteraction: false,
  defaultToNo: false,
  mayRemember: true,
  plan: null,
  suggestedUpdates: [suggestion, { type: "setMode", mode: "acceptEdits", destination: "session" }],
};

function createRegistry() {
  const stored = new Map<string, Permission>();
  const events: EventDraft[] = [];
  let now = Date.parse("2026-01-01T00:00:00Z");
  const registry = new PermissionRegistry({
    store: {
      add: (permission) => stored.set(permission.permissionId, permission),
      save: (permission) => stored.set(permission.permissionId, permission),
      get: (permissionId) => stored.get(permissionId) ?? null,
    },
    emit: (_sessionId, draft) => events.push(draft),
    now: () => new Date(now),
  });
  const answers: PermissionAnswer[] = [];
  const register = (differences: Partial<PermissionAsk> = {}) =>
    registry.register({ ...ask, ...differences }, (answer) => answers.push(answer));
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { registry, register, stored, events, answers, pass };
}

const decision = (permissionId: string, differences: Partial<RequestParams<"permissions.decide">> = {}) =>
  ({ permissionId, behavior: "allow", remember: "once", interrupt: false, ...differences }) as const;

describe("PermissionRegistry", () => {
  it("allows once with the input as asked, and keeps who decided when", () => {
    const { registry, register, answers, stored, pass } = createRegistry();
    const { permissionId } = register();
    pass(1500);
    registry.decide(decision(permissionId), "browser");
    expect(answers).toEqual([{ behavior: "allow", updatedInput: { command: "touch a" }, updatedPermissions: [] }]);
    expect(stored.get(permissionId)).toMatchObject({
      status: "allowed",
      settledAt: "2026-01-01T00:00:01.500Z",
      decision: { behavior: "allow", decidedBy: "browser", latencyMs: 1500, remember: "once", updatedInput: null },
    });
    expect(registry.pending()).toEqual([]);
  });

  it.each([
    ["session", "session"],
    ["project", "localSettings"],
    ["user", "userSettings"],
  ] as const)("sends the CLI's suggestions with the destination for %s", (remember, destination) => {
    const { registry, register, answers } = createRegistry();
    const { permissionId } = register();
    registry.decide(decision(permissionId, { remember }), "browser");
    expect(answers[0]).toMatchObject({
      updatedPermissions: [{ ...suggestion, destination }],
    });
  });

  it("keeps a mode for a session where nothing less is offered, and never for longer", () => {
    const { registry, register, answers } = createRegistry();
    const mode: JsonObject = { type: "setMode", mode: "acceptEdits", destination: "session" };
    const { permissionId } = register({ suggestedUpdates: [mode] });
    expect(() => registry.decide(decision(permissionId, { remember: "project" }), "browser")).toThrow(
      /nothing to keep/u,
    );
    registry.decide(decision(permissionId, { remember: "session" }), "browser");
    expect(answers).toEqual([expect.objectContaining({ updatedPermissions: [mode] })]);
  });

  it("says in words what would be remembered", () => {
    const { register } = createRegistry();
    expect(register().suggestions.map(({ words }) => words)).toEqual([
      "Allow Bash: touch *",
      'Switch this session to the mode "acceptEdits"',
    ]);
  });

  it("denies with a message, and always with one", () => {
    const { registry, register, answers } = createRegistry();
    const deny = { behavior: "deny" } as const;
    registry.decide(decision(register().permissionId, { ...deny, message: "Not here", interrupt: true }), "rest");
    registry.decide(decision(register().permissionId, { ...deny, message: "  " }), "rest");
    expect(answers).toEqual([
      { behavior: "deny", message: "Not here", interrupt: true },
      { behavior: "deny", message: expect.stringMatching(/denied/u), interrupt: false },
    ]);
  });

  it("lets the first decision win and tells the second how it ended", () => {
    const { registry, register, answers } = createRegistry();
    const { permissionId } = register();
    registry.decide(decision(permissionId), "first");
    expect(() => registry.decide(decision(permissionId, { behavior: "deny" }), "second")).toThrow(
      expect.objectContaining({
        code: "already_resolved",
        detail: expect.objectContaining({ status: "allowed", decidedBy: "first" }),
      }),
    );
    expect(answers).toHaveLength(1);
  });

  it("withdraws and expires without an answer, once", () => {
    const { registry, register, answers, events } = createRegistry();
    const withdrawn = register();
    const expired = register();
    registry.withdraw(withdrawn.permissionId, "interrupted");
    registry.expireSession("s1", "gone");
    registry.expireSession("s1", "gone");
    const settled = events.flatMap((event) =>
      event.type === "permission.settled" ? [[event.data.permission.permissionId, event.data.permission.status]] : [],
    );
    expect(settled).toEqual([
      [withdrawn.permissionId, "withdrawn"],
      [expired.permissionId, "expired"],
    ]);
    expect(answers).toEqual([]);
  });

  it("keeps the outcome of the tool call that it allowed", () => {
    const { registry, register, stored, events } = createRegistry();
    const { permissionId } = register();
    registry.decide(decision(permissionId), "browser");
    registry.toolFinished("toolu_1", true);
    expect(stored.get(permissionId)?.outcome).toBe("failed");
    expect(events.at(-1)).toEqual({ type: "permission.outcomeKnown", data: { permissionId, outcome: "failed" } });
  });

  it.each([
    ["an unknown request", "nope", {}, {}, "not_found"],
    [
      "a remembered question",
      null,
      { toolName: "AskUserQuestion", requiresUserInteraction: true },
      { remember: "user" },
      "bad_request",
    ],
    ["a rule where none may be kept", null, { mayRemember: false }, { remember: "session" }, "bad_request"],
    ["a rule where none is suggested", null, { suggestedUpdates: [] }, { remember: "session" }, "bad_request"],
    ["an edited input without its command", null, {}, { updatedInput: { description: "x" } }, "bad_request"],
    [
      "an edited input of another type",
      null,
      { toolName: "Custom", input: { a: 1 } },
      { updatedInput: { a: "1" } },
      "bad_request",
    ],
    ["an edited input on a denial", null, {}, { behavior: "deny", updatedInput: {} }, "bad_request"],
    ["an interrupt on an allow", null, {}, { interrupt: true }, "bad_request"],
  ] as const)("refuses %s and leaves the request open", (_name, id, asked, decided, code) => {
    const { registry, register, answers } = createRegistry();
    const { permissionId } = register(asked);
    expect(() => registry.decide(decision(id ?? permissionId, decided), "browser")).toThrow(
      expect.objectContaining({ code }),
    );
    expect({ answers, pending: registry.pending().length }).toEqual({ answers: [], pending: 1 });
  });
});
