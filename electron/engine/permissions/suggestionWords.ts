import { isJsonObject, type JsonObject, type JsonValue } from "../../../shared/model/json.ts";
import type { PermissionSuggestion } from "../../../shared/model/permission.ts";

/** Where the CLI keeps a rule, by the name that people choose by (measured on 2.1.329). */
const rememberByDestination: Readonly<Record<string, PermissionSuggestion["remember"]>> = {
  session: "session",
  localSettings: "project",
  projectSettings: "project",
  userSettings: "user",
};

/** Puts one of the CLI's suggested permission updates into words that a person can agree to. */
export function toSuggestion(update: JsonObject): PermissionSuggestion {
  const destination = typeof update["destination"] === "string" ? update["destination"] : "session";
  return { words: wordsFor(update), remember: rememberByDestination[destination] ?? "session", update };
}

function wordsFor(update: JsonObject): string {
  switch (update["type"]) {
    case "addRules":
      return ruleWords(update);
    case "addDirectories":
      return `Let tools work in ${joined(strings(update["directories"]))}`;
    case "setMode":
      return `Switch this session to the mode ${JSON.stringify(update["mode"])}`;
    default:
      // An update that this version does not know is shown whole, so that nobody agrees to something unseen.
      return `Change the permissions: ${JSON.stringify(update)}`;
  }
}

function ruleWords(update: JsonObject): string {
  const verb = update["behavior"] === "deny" ? "Refuse" : update["behavior"] === "ask" ? "Ask about" : "Allow";
  const rules = Array.isArray(update["rules"]) ? update["rules"] : [];
  return `${verb} ${joined(rules.map(oneRule))}`;
}

function oneRule(rule: JsonValue): string {
  if (!isJsonObject(rule)) return JSON.stringify(rule);
  const { toolName, ruleContent } = rule;
  const tool = typeof toolName === "string" ? toolName : "any tool";
  return typeof ruleContent === "string" ? `${tool}: ${ruleContent}` : `every use of ${tool}`;
}

function strings(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function joined(words: readonly string[]): string {
  if (words.length === 0) return "nothing that can be named";
  return words.join(", ");
}
