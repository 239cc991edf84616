import { type JsonObject, isJsonObject } from "../../../shared/model/json.ts";
import type { Permission, Remember } from "../../../shared/model/permission.ts";
import type { DecisionChoice } from "../../stores/permissionsStore.ts";
import { type Risk, riskOf } from "./riskOf.ts";

/** What a person has set on a request before deciding. */
export interface DecisionDraft {
  readonly remember: Remember;
  /** The reply that the model reads when it is denied. */
  readonly message: string;
  /** With deny: stop the turn as well. */
  readonly interrupt: boolean;
  /** The input as edited JSON text; null when it is left as asked. */
  readonly inputText: string | null;
}

export const emptyDraft: DecisionDraft = { remember: "once", message: "", interrupt: false, inputText: null };

/** An edited input, or why it cannot be used. */
export type EditedInput =
  | { readonly ok: true; readonly input: JsonObject }
  | { readonly ok: false; readonly problem: string };

/** Reads edited JSON; a tool's input is always an object. */
export function readInputText(text: string): EditedInput {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return { ok: true, input: value };
    return { ok: false, problem: "A tool's input is an object: it begins with { and ends with }." };
  } catch (thrown) {
    return {
      ok: false,
      problem: `This is not valid JSON: ${thrown instanceof Error ? thrown.message : "it cannot be read"}`,
    };
  }
}

/** Whether an allow of this request can be remembered at all. Questions and plans never are. */
export function canRemember(permission: Permission): boolean {
  return permission.mayRemember && !permission.requiresUserInteraction && permission.suggestions.length > 0;
}

/** The input that an allow would run: the edited one, or as asked while the edit cannot be read. */
export function effectiveInput(permission: Permission, draft: DecisionDraft): JsonObject {
  if (draft.inputText === null) return permission.input;
  const edited = readInputText(draft.inputText);
  return edited.ok ? edited.input : permission.input;
}

/** The risk of what an allow would run. */
export function riskOfDraft(permission: Permission, draft: DecisionDraft): Risk {
  return riskOf(permission.toolName, effectiveInput(permission, draft));
}

/** Whether allowing takes a second step: it is marked dangerous, or the CLI wants refusing to be the easy choice. */
export function needsConfirm(permission: Permission, draft: DecisionDraft): boolean {
  return permission.defaultToNo || riskOfDraft(permission, draft).level === "high";
}

/** The allow to send; null while the edited input cannot be read. */
export function allowChoice(permission: Permission, draft: DecisionDraft): DecisionChoice | null {
  const remember = canRemember(permission) ? draft.remember : "once";
  if (draft.inputText === null) return { behavior: "allow", remember };
  const edited = readInputText(draft.inputText);
  return edited.ok ? { behavior: "allow", remember, updatedInput: edited.input } : null;
}

/** The deny to send. */
export function denyChoice(draft: DecisionDraft): DecisionChoice {
  const message = draft.message.trim();
  return { behavior: "deny", interrupt: draft.interrupt, ...(message === "" ? {} : { message }) };
}
