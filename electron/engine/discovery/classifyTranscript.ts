/**
 * What a session is doing as far as its transcript tells. Pure, record by record, so that a tail can go on where it was.
 * A transcript lags behind: it cannot tell a permission prompt from a running tool, nor a dead session from a live one;
 * `combineActivity` knows more.
 */
import type { JsonObject, JsonValue } from "../../../shared/model/json.ts";
import type { RecordMeaning, ToolUse } from "./transcriptRecord.ts";
import { meaningOf, planFileNamed } from "./transcriptRecord.ts";

/** What the transcript alone says. `asksByTool`: the question is one that the CLI shows as a form of its own. */
export type TranscriptActivity =
  | { readonly kind: "awaiting_answer"; readonly question: string; readonly asksByTool: boolean }
  | { readonly kind: "plan_ready"; readonly plan: string | null }
  | { readonly kind: "tool_pending"; readonly tools: readonly { readonly toolUseId: string; readonly name: string }[] }
  | { readonly kind: "idle"; readonly text: string | null }
  | { readonly kind: "working" }
  | { readonly kind: "unknown" };

/** What must be remembered of the records so far. */
export interface TranscriptState {
  /** Who has the word: the model (`prompted`), the person (`settled`), or the model in the middle of it (`speaking`). */
  readonly turn: "none" | "prompted" | "speaking" | "settled";
  readonly messageId: string | null;
  /** The text of the assistant's last message. */
  readonly text: string;
  /** A person stopped the turn, or the API failed it: its last words ask nothing. */
  readonly wasCutOff: boolean;
  /** Tool calls without a result, by id. */
  readonly pending: ReadonlyMap<string, ToolUse>;
  /** The path of the file with the session's plan, or its name alone; null while no record names it. */
  readonly planFile: string | null;
}

export const initialTranscriptState: TranscriptState = {
  turn: "none",
  messageId: null,
  text: "",
  wasCutOff: false,
  pending: new Map(),
  planFile: null,
};

/** Whether the last words of a turn ask the person something; handed in, because owned sessions ask the same. */
export type LooksLikeQuestion = (text: string) => boolean;

/** Characters of the last assistant text that are kept, as for owned sessions: enough for a list and for a question. */
const EXCERPT_LENGTH = 500;

const PLAN_TOOLS: ReadonlySet<string> = new Set(["ExitPlanMode", "exit_plan_mode"]);
const QUESTION_TOOL = "AskUserQuestion";

/** A message that stops for one of these is followed by another one. */
const UNFINISHED_STOPS: ReadonlySet<string | null> = new Set([null, "tool_use", "pause_turn"]);

/** Classifies a whole transcript, or the end of one. */
export function classifyTranscript(
  records: readonly JsonObject[],
  looksLikeQuestion: LooksLikeQuestion,
): TranscriptActivity {
  return transcriptActivityOf(records.reduce(reduceTranscript, initialTranscriptState), looksLikeQuestion);
}

/** Takes one record into account. */
export function reduceTranscript(before: TranscriptState, record: JsonObject): TranscriptState {
  const meaning = meaningOf(record);
  const planFile = planFileNamed(record);
  const state = planFile === null || planFile === before.planFile ? before : { ...before, planFile };
  switch (meaning.kind) {
    case "assistant":
      return afterAssistant(state, meaning);
    case "tool_results":
      return { ...state, turn: "prompted", pending: without(state.pending, meaning.toolUseIds) };
    case "prompt":
      return { ...state, turn: "prompted", wasCutOff: false, pending: new Map() };
    case "interrupted":
      return { ...state, turn: "settled", wasCutOff: true, pending: new Map() };
    case "local_command":
      return { ...state, turn: state.turn === "none" ? "none" : "settled" };
    case "compacted":
      return { ...initialTranscriptState, planFile: state.planFile, turn: meaning.goesOn ? "prompted" : "settled" };
    case "nothing":
      return state;
  }
}

export function transcriptActivityOf(state: TranscriptState, looksLikeQuestion: LooksLikeQuestion): TranscriptActivity {
  const pending = [...state.pending.values()];
  const plan = pending.find(({ name }) => PLAN_TOOLS.has(name));
  if (plan !== undefined) return { kind: "plan_ready", plan: planOf(plan.input["plan"]) };
  const asking = pending.find(({ name }) => name === QUESTION_TOOL);
  if (asking !== undefined) {
    return { kind: "awaiting_answer", question: firstQuestion(asking.input["questions"]), asksByTool: true };
  }
  if (pending.length > 0) {
    return { kind: "tool_pending", tools: pending.map(({ toolUseId, name }) => ({ toolUseId, name })) };
  }
  if (state.turn === "none") return { kind: "unknown" };
  if (state.turn !== "settled") return { kind: "working" };
  if (!state.wasCutOff && looksLikeQuestion(state.text)) {
    return { kind: "awaiting_answer", question: state.text.slice(-EXCERPT_LENGTH), asksByTool: false };
  }
  return { kind: "idle", text: state.text === "" ? null : state.text.slice(0, EXCERPT_LENGTH) };
}

/** Where the plan is that waits for an answer, when its call does not hold it; null when that is not known. */
export function planFileOf({ pending, planFile }: TranscriptState): string | null {
  const call = [...pending.values()].find(({ name }) => PLAN_TOOLS.has(name));
  const named = call?.input["planFilePath"];
  return typeof named === "string" ? named : planFile;
}

function afterAssistant(
  state: TranscriptState,
  { messageId, text, toolUses, stopReason, isError }: Extract<RecordMeaning, { kind: "assistant" }>,
): TranscriptState {
  const goesOn = messageId !== null && messageId === state.messageId;
  const texts = goesOn ? [state.text, text] : [text];
  return {
    ...state,
    turn: UNFINISHED_STOPS.has(stopReason) ? "speaking" : "settled",
    messageId,
    text: texts.filter((part) => part !== "").join("\n"),
    wasCutOff: isError,
    pending: new Map([...state.pending, ...toolUses.map((toolUse) => [toolUse.toolUseId, toolUse] as const)]),
  };
}

function without(pending: ReadonlyMap<string, ToolUse>, toolUseIds: readonly string[]): ReadonlyMap<string, ToolUse> {
  return new Map([...pending].filter(([id]) => !toolUseIds.includes(id)));
}

function planOf(plan: JsonValue | undefined): string | null {
  return typeof plan === "string" && plan.trim() !== "" ? plan : null;
}

function firstQuestion(questions: JsonValue | undefined): string {
  const first = Array.isArray(questions) ? questions[0] : undefined;
  const question = typeof first === "object" && first !== null && "question" in first ? first["question"] : undefined;
  return typeof question === "string" ? question : "";
}
