import { requests, type RequestInput } from "../../../shared/contract/requests.ts";
import { MAX_LABEL_CHARACTERS } from "../../../shared/model/session.ts";

/** The new-session form as it is typed: every field a text, lists one entry a line. */
export interface StartForm {
  readonly cwd: string;
  readonly prompt: string;
  readonly model: string;
  /** Empty for the CLI's own default. */
  readonly permissionMode: string;
  readonly name: string;
  readonly label: string;
  readonly resume: string;
  readonly fork: boolean;
  readonly appendSystemPrompt: string;
  readonly allowedTools: string;
  readonly disallowedTools: string;
  readonly additionalDirectories: string;
  readonly mcpConfig: string;
  readonly maxTurns: string;
  readonly maxBudgetUsd: string;
}

export type StartField = keyof StartForm;

export const emptyStartForm: StartForm = {
  cwd: "",
  prompt: "",
  model: "",
  permissionMode: "",
  name: "",
  label: "",
  resume: "",
  fork: false,
  appendSystemPrompt: "",
  allowedTools: "",
  disallowedTools: "",
  additionalDirectories: "",
  mcpConfig: "",
  maxTurns: "",
  maxBudgetUsd: "",
};

export type StartFormResult =
  | { readonly ok: true; readonly params: RequestInput<"sessions.start"> }
  | { readonly ok: false; readonly errors: Readonly<Partial<Record<StartField, string>>> };

/** What to write into each field when the contract refuses it. */
const refusals: Readonly<Partial<Record<StartField, string>>> = {
  cwd: "Choose the directory that the session works in.",
  maxTurns: "Write a whole number from 1 to 10,000, or leave it empty.",
  maxBudgetUsd: "Write an amount in dollars above 0, or leave it empty.",
  prompt: "The prompt is too long. Put it in a file and name the file.",
  label: `A label has at most ${MAX_LABEL_CHARACTERS} characters.`,
};

/** Turns the form into the parameters of `sessions.start`, or says field by field what is wrong. Empty fields are left out. */
export function toStartParams(form: StartForm): StartFormResult {
  const parsed = requests["sessions.start"].params.safeParse(candidateOf(form));
  if (parsed.success) return { ok: true, params: parsed.data };
  const fields = parsed.error.issues.map((issue) => String(issue.path[0]));
  const errors = fields.filter(isStartField).map((field) => [field, refusals[field] ?? "This is not accepted here."]);
  return { ok: false, errors: Object.fromEntries(errors) };
}

function candidateOf(form: StartForm): Readonly<Record<string, unknown>> {
  const {
    resume,
    fork,
    maxTurns,
    maxBudgetUsd,
    allowedTools,
    disallowedTools,
    additionalDirectories,
    mcpConfig,
    ...texts
  } = form;
  const entries: readonly (readonly [string, unknown])[] = [
    ...Object.entries(texts).map(([field, text]) => [field, text.trim()] as const),
    ["resume", resume.trim()],
    ["fork", resume.trim() !== "" && fork ? true : ""],
    ["allowedTools", linesOf(allowedTools)],
    ["disallowedTools", linesOf(disallowedTools)],
    ["additionalDirectories", linesOf(additionalDirectories)],
    ["mcpConfig", linesOf(mcpConfig)],
    ["maxTurns", numberOf(maxTurns)],
    ["maxBudgetUsd", numberOf(maxBudgetUsd)],
  ];
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

function linesOf(text: string): readonly string[] | "" {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return lines.length === 0 ? "" : lines;
}

function numberOf(text: string): number | "" {
  return text.trim() === "" ? "" : Number(text);
}

function isStartField(field: string): field is StartField {
  return Object.hasOwn(emptyStartForm, field);
}
