import { describe, expect, test } from "vitest";
import type { Permission } from "../../../../shared/model/permission.ts";
import {
  allowChoice,
  canRemember,
  denyChoice,
  effectiveInput,
  emptyDraft,
  needsConfirm,
  readInputText,
} from "../../../../renderer/views/permissions/decision.ts";
import { decisionWords } from "../../../../renderer/views/transcript/decisionWords.ts";
import { samplePermission } from "../terminal/sampleEvents.ts";

const suggestions: Permission["suggestions"] = [
  { words: "Allow `npm test`", remember: "project", update: { type: "addRules" } },
];
const rememberable = samplePermission({ suggestions });

describe("allow", () => {
  test.each([
    ["as asked", rememberable, emptyDraft, { behavior: "allow", remember: "once" }],
    ["and remember", rememberable, { ...emptyDraft, remember: "user" }, { behavior: "allow", remember: "user" }],
    [
      "never remembers without a suggestion",
      samplePermission(),
      { ...emptyDraft, remember: "user" },
      { behavior: "allow", remember: "once" },
    ],
    [
      "never remembers where the CLI forbids it",
      samplePermission({ suggestions, mayRemember: false }),
      { ...emptyDraft, remember: "session" },
      { behavior: "allow", remember: "once" },
    ],
    [
      "never remembers a question or a plan",
      samplePermission({ suggestions, requiresUserInteraction: true }),
      { ...emptyDraft, remember: "session" },
      { behavior: "allow", remember: "once" },
    ],
    [
      "with edited input",
      rememberable,
      { ...emptyDraft, inputText: '{"command":"npm run lint"}' },
      { behavior: "allow", remember: "once", updatedInput: { command: "npm run lint" } },
    ],
    ["not with input that cannot be read", rememberable, { ...emptyDraft, inputText: "{" }, null],
    ["not with input that is no object", rememberable, { ...emptyDraft, inputText: "[]" }, null],
  ] as const)("%s", (_name, permission, draft, choice) => {
    expect(allowChoice(permission, draft)).toEqual(choice);
  });
});

test.each([
  [emptyDraft, { behavior: "deny", interrupt: false }],
  [
    { ...emptyDraft, message: " Use staging. ", interrupt: true },
    { behavior: "deny", interrupt: true, message: "Use staging." },
  ],
  [
    { ...emptyDraft, remember: "user", inputText: "{" },
    { behavior: "deny", interrupt: false },
  ],
] as const)("deny of %j", (draft, choice) => {
  expect(denyChoice(draft)).toEqual(choice);
});

test("an edited input says what is wrong with it", () => {
  expect(readInputText('{"a":1}')).toEqual({ ok: true, input: { a: 1 } });
  expect(readInputText("null")).toMatchObject({ ok: false, problem: expect.stringContaining("object") });
  expect(readInputText('{"a":')).toMatchObject({ ok: false, problem: expect.stringContaining("not valid JSON") });
});

test("what is shown is what would run", () => {
  expect(effectiveInput(rememberable, { ...emptyDraft, inputText: '{"command":"ls"}' })).toEqual({ command: "ls" });
  expect(effectiveInput(rememberable, { ...emptyDraft, inputText: "{" })).toEqual(rememberable.input);
});

test.each([
  ["a usual command", samplePermission(), emptyDraft, false],
  ["a dangerous command", samplePermission({ input: { command: "rm -rf /" } }), emptyDraft, true],
  [
    "a command that was made harmless",
    samplePermission({ input: { command: "rm -rf /" } }),
    { ...emptyDraft, inputText: '{"command":"ls"}' },
    false,
  ],
  [
    "a command that was made dangerous",
    samplePermission(),
    { ...emptyDraft, inputText: '{"command":"sudo ls"}' },
    true,
  ],
  ["a request whose default is no", samplePermission({ defaultToNo: true }), emptyDraft, true],
])("%s needs a second step: %#", (_name, permission, draft, confirms) => {
  expect(needsConfirm(permission, draft)).toBe(confirms);
});

test("remembering needs a suggestion and the CLI's leave", () => {
  expect(
    [rememberable, samplePermission(), samplePermission({ suggestions, mayRemember: false })].map(canRemember),
  ).toEqual([true, false, false]);
});

test("a decision in words", () => {
  const decision = {
    behavior: "allow",
    message: null,
    remember: "project",
    interrupt: false,
    updatedInput: { command: "ls" },
    decidedBy: "rest",
    decidedAt: "2026-01-31T12:00:04.000Z",
    latencyMs: 4200,
  } as const;
  expect(decisionWords(samplePermission({ status: "allowed", decision, outcome: "succeeded" }))).toBe(
    "by rest, after 4.2 s, remembered for the project, input edited, tool succeeded",
  );
  expect(decisionWords(samplePermission({ status: "expired", settledReason: "The session is gone." }))).toBe(
    "The session is gone.",
  );
});
