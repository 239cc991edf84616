import type { JsonObject, JsonValue } from "../../../shared/model/json.ts";
import { hidesText } from "../../../shared/text/visibleText.ts";
import { type MarkLevel, type RiskRule, pathRules, shellRules } from "./riskRules.ts";

/** `safe` means only that nothing here is known to be dangerous. */
export type RiskLevel = "safe" | MarkLevel;

export interface RiskMark {
  readonly level: MarkLevel;
  readonly words: string;
}

export interface Risk {
  readonly level: RiskLevel;
  /** Why, the heaviest first. */
  readonly marks: readonly RiskMark[];
}

const pathFields = ["file_path", "notebook_path", "path"] as const;

const hidingRule: RiskMark = { level: "high", words: "Holds characters that hide or reorder text" };
const plainHttpRule: RiskMark = { level: "medium", words: "Is fetched without encryption" };

/** Judges a tool call by what its input says plainly. An aid for the eye, no guard. */
export function riskOf(toolName: string, input: JsonObject): Risk {
  const marks = [
    ...(toolName === "Bash" ? matching(shellRules, input["command"]) : []),
    ...pathFields.flatMap((field) => matching(pathRules, input[field])),
    ...(toolName === "WebFetch" && startsWith(input["url"], "http:") ? [plainHttpRule] : []),
    ...(anyTextHides(input) ? [hidingRule] : []),
  ];
  const sorted = [...marks.filter((mark) => mark.level === "high"), ...marks.filter((mark) => mark.level === "medium")];
  return { level: sorted[0]?.level ?? "safe", marks: sorted };
}

function matching(rules: readonly RiskRule[], value: JsonValue | undefined): readonly RiskMark[] {
  if (typeof value !== "string") return [];
  // A line that is continued with a backslash is one command.
  const text = value.replaceAll("\\\n", " ");
  return rules.filter((rule) => rule.pattern.test(text)).map(({ level, words }) => ({ level, words }));
}

function startsWith(value: JsonValue | undefined, prefix: string): boolean {
  return typeof value === "string" && value.startsWith(prefix);
}

function anyTextHides(value: JsonValue): boolean {
  if (typeof value === "string") return hidesText(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some(anyTextHides);
}
