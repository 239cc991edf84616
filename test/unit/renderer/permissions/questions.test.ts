import { describe, expect, test } from "vitest";
import {
  type Question,
  answeredInput,
  noPick,
  readQuestions,
  switchOption,
  switchOther,
} from "../../../../renderer/views/permissions/questions.ts";

const single = { question: "Which?", options: [{ label: "A" }, { label: "B" }] } satisfies Question;
const multi = {
  question: "Which ones?",
  multiSelect: true,
  options: [{ label: "A" }, { label: "B" }, { label: "C" }],
} satisfies Question;
const input = { questions: [{ ...single, extra: 1 }], note: "kept" };

test("reads questions and refuses other shapes", () => {
  expect(readQuestions({ questions: [single] })).toEqual([single]);
  expect(readQuestions({ questions: [] })).toBeNull();
  expect(readQuestions({ questions: [{ question: 1 }] })).toBeNull();
  expect(readQuestions({})).toBeNull();
});

describe("picks", () => {
  test("one answer replaces the other, and Other replaces both", () => {
    const first = switchOption(single, noPick, "A");
    expect(switchOption(single, first, "B")).toEqual({ labels: ["B"], other: null });
    expect(switchOther(single, first, "mine")).toEqual({ labels: [], other: "mine" });
    expect(switchOption(single, { labels: [], other: "mine" }, "A")).toEqual({ labels: ["A"], other: null });
  });

  test("several answers add up, Other too", () => {
    const two = switchOption(multi, switchOption(multi, noPick, "C"), "A");
    expect(two.labels).toEqual(["C", "A"]);
    expect(switchOption(multi, two, "C").labels).toEqual(["A"]);
    expect(switchOther(multi, two, "mine")).toEqual({ labels: ["C", "A"], other: "mine" });
  });
});

describe("answered input", () => {
  test.each([
    ["one", [single], [{ labels: ["B"], other: null }], { "Which?": "B" }],
    ["free text", [single], [{ labels: [], other: "  mine " }], { "Which?": "mine" }],
    ["several in the question's order", [multi], [{ labels: ["C", "A"], other: null }], { "Which ones?": "A, C" }],
    ["several and free text", [multi], [{ labels: ["B"], other: "mine" }], { "Which ones?": "B, mine" }],
    [
      "two questions",
      [single, multi],
      [
        { labels: ["A"], other: null },
        { labels: ["B"], other: null },
      ],
      { "Which?": "A", "Which ones?": "B" },
    ],
  ])("%s", (_name, questions, picks, answers) => {
    expect(answeredInput(input, questions, picks)).toEqual({ ...input, answers });
  });

  test.each([
    ["nothing picked", [single], [noPick]],
    ["an empty Other", [multi], [{ labels: ["A"], other: " " }]],
    ["one of two open", [single, multi], [{ labels: ["A"], other: null }]],
  ])("is not there with %s", (_name, questions, picks) => {
    expect(answeredInput(input, questions, picks)).toBeNull();
  });
});
