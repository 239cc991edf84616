import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PermissionAskMessage } from "../../../../../electron/engine/claude/claudeMessage.ts";
import { readPlanFile, readPlanFileNow } from "../../../../../electron/engine/claude/planFile.ts";
import { readPlan } from "../../../../../electron/engine/sessions/readPlan.ts";

let root: string;
let plans: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "switchboard-plans-"));
  plans = join(root, "plans");
  await mkdir(join(plans, "folder.md"), { recursive: true });
  await writeFile(join(root, "secret.md"), "secret");
  await writeFile(join(plans, "a.md"), "# Plan A");
  await writeFile(join(plans, "empty.md"), " \n");
  await writeFile(join(plans, "long.md"), "x".repeat(1024 * 1024));
  await symlink(join(root, "secret.md"), join(plans, "link.md"));
  execFileSync("mkfifo", [join(plans, "fifo.md")]);
});
afterAll(() => rm(root, { recursive: true }));

describe("a plan's file", () => {
  it.each([
    ["a.md", "# Plan A"],
    ["../secret.md", null],
    ["/elsewhere/plans/a.md", "# Plan A"],
    ["link.md", null],
    ["fifo.md", null],
    ["folder.md", null],
    ["empty.md", null],
    ["none.md", null],
  ])("%s: %s", async (name, plan) => {
    expect([await readPlanFile(plans, name), readPlanFileNow(plans, name)]).toEqual([plan, plan]);
  });

  it("is read only as far as is shown", async () => {
    expect([(await readPlanFile(plans, "long.md"))?.length, readPlanFileNow(plans, "long.md")?.length]).toEqual([
      262_144, 262_144,
    ]);
  });
});

describe("the plan of a request", () => {
  const ask = (input: PermissionAskMessage["input"], toolName = "ExitPlanMode"): PermissionAskMessage => ({
    kind: "control_request/can_use_tool",
    requestId: "r1",
    toolName,
    displayName: null,
    input,
    toolUseId: "t1",
    description: null,
    decisionReason: null,
    decisionReasonType: null,
    blockedPath: null,
    matchedAskRule: null,
    agentId: null,
    requiresUserInteraction: true,
    defaultToNo: false,
    suppressAlwaysAllowRule: false,
    permissionSuggestions: [],
  });
  it.each([
    ["in the call", ask({ plan: "# Mine", planFilePath: "/c/plans/a.md" }), null, "# Mine"],
    ["in the file that the call names", ask({ planFilePath: "/c/plans/a.md" }), null, "# Plan A"],
    ["in the file that was written last", ask({}), "a.md", "# Plan A"],
    ["in a file outside the folder", ask({ planFilePath: "/c/secret.md" }), null, null],
    ["nowhere", ask({}), null, null],
    ["of another tool", ask({ plan: "# Mine" }, "Bash"), "a.md", null],
  ])("%s", (_, message, written, plan) => {
    expect(readPlan(message, { folders: [join(root, "none"), plans], written })).toBe(plan);
  });
});
