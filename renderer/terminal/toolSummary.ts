import { type JsonObject, type JsonValue, isJsonObject } from "../../shared/model/json.ts";
import { cutLine, oneLine } from "./abbreviate.ts";
import { plainLine } from "./plainLine.ts";

/** The longest summary: two lines of a usual terminal. */
const MAX_SUMMARY_CHARS = 160;

/** The input field that says most about a call, by tool name (names as the CLI 2.1.329 gives them). */
const tellingField: Readonly<Record<string, readonly string[]>> = {
  Bash: ["command"],
  BashOutput: ["bash_id"],
  KillShell: ["shell_id"],
  Read: ["file_path"],
  Write: ["file_path"],
  Edit: ["file_path"],
  MultiEdit: ["file_path"],
  NotebookEdit: ["notebook_path"],
  Glob: ["pattern", "path"],
  Grep: ["pattern", "path"],
  WebFetch: ["url"],
  WebSearch: ["query"],
  Task: ["description"],
  Agent: ["description"],
  Skill: ["skill"],
  ToolSearch: ["query"],
};

/** A tool's input in one line of untrusted text: the command, the path, the plan's heading; else compact JSON. */
export function toolSummary(name: string, input: JsonObject): string {
  if (name === "AskUserQuestion") return oneLine(firstQuestion(input), MAX_SUMMARY_CHARS);
  if (name === "TodoWrite") return todoSummary(input);
  const plan = planOf(name, input);
  if (plan !== null) return cutLine(plainLine(plan), MAX_SUMMARY_CHARS);
  const fields = tellingField[name] ?? [];
  const words = fields.map((field) => input[field]).filter((value) => typeof value === "string");
  if (words.length > 0) return oneLine(words.join(" in "), MAX_SUMMARY_CHARS);
  return Object.keys(input).length === 0 ? "" : cutLine(JSON.stringify(input), MAX_SUMMARY_CHARS);
}

/** The plan that a call hands in for approval, as Markdown; null for other tools and where the input lacks it. */
export function planOf(name: string, input: JsonObject): string | null {
  const { plan } = input;
  return name === "ExitPlanMode" && typeof plan === "string" ? plan : null;
}

function firstQuestion(input: JsonObject): string {
  const first = arrayOf(input["questions"])[0];
  const text = isJsonObject(first) ? first["question"] : null;
  return typeof text === "string" ? text : "";
}

function todoSummary(input: JsonObject): string {
  const todos = arrayOf(input["todos"]);
  const done = todos.filter((todo) => isJsonObject(todo) && todo["status"] === "completed").length;
  return `${done} of ${todos.length} done`;
}

function arrayOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
