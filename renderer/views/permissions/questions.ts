import { z } from "zod";
import type { JsonObject } from "../../../shared/model/json.ts";
import type { DeepReadonly } from "../../../shared/model/readonly.ts";

/** The input of AskUserQuestion as CLI 2.1.329 sends it; fields that are not shown are left alone. */
const questionsSchema = z.object({
  questions: z
    .array(
      z.object({
        question: z.string(),
        header: z.string().optional(),
        multiSelect: z.boolean().optional(),
        options: z.array(z.object({ label: z.string(), description: z.string().optional() })),
      }),
    )
    .min(1),
});

export type Question = DeepReadonly<z.infer<typeof questionsSchema>>["questions"][number];

/** What a person chose for one question. */
export interface QuestionPick {
  readonly labels: readonly string[];
  /** Free text; null while "Other" is not chosen. */
  readonly other: string | null;
}

export const noPick: QuestionPick = { labels: [], other: null };

/** Reads the questions out of a tool's input; null when it has another shape. */
export function readQuestions(input: JsonObject): readonly Question[] | null {
  const parsed = questionsSchema.safeParse(input);
  return parsed.success ? parsed.data.questions : null;
}

/** A pick with one option switched; a question with one answer forgets the others. */
export function switchOption(question: Question, pick: QuestionPick, label: string): QuestionPick {
  if (question.multiSelect !== true) return { labels: [label], other: null };
  const isChosen = pick.labels.includes(label);
  return { ...pick, labels: isChosen ? pick.labels.filter((other) => other !== label) : [...pick.labels, label] };
}

/** A pick with "Other" switched on with a text, or off with null. */
export function switchOther(question: Question, pick: QuestionPick, other: string | null): QuestionPick {
  const keepsLabels = question.multiSelect === true || other === null;
  return { labels: keepsLabels ? pick.labels : [], other };
}

/** The answer to one question as the tool takes it: labels in the question's order, joined; null while unanswered. */
export function answerOf(question: Question, pick: QuestionPick): string | null {
  const labels = question.options.map((option) => option.label).filter((label) => pick.labels.includes(label));
  const other = pick.other?.trim() ?? "";
  if (pick.other !== null && other === "") return null;
  const answers = other === "" ? labels : [...labels, other];
  return answers.length === 0 ? null : answers.join(", ");
}

/**
 * The input to allow with: the input as asked and the answers by question text (measured on 2.1.329). Null while a
 * question is unanswered.
 */
export function answeredInput(
  input: JsonObject,
  questions: readonly Question[],
  picks: readonly QuestionPick[],
): JsonObject | null {
  const entries: [string, string][] = [];
  for (const [index, question] of questions.entries()) {
    const answer = answerOf(question, picks[index] ?? noPick);
    if (answer === null) return null;
    entries.push([question.question, answer]);
  }
  return { ...input, answers: Object.fromEntries(entries) };
}
