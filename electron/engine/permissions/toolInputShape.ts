import { z } from "zod";
import { RequestError } from "../../../shared/contract/errors.ts";
import type { JsonObject } from "../../../shared/model/json.ts";

/** What each well-known tool cannot run without (input schemas that 2.1.329 gives to the model). */
const requiredInput: Readonly<Record<string, z.ZodType>> = {
  Bash: z.looseObject({ command: z.string().min(1) }),
  Write: z.looseObject({ file_path: z.string().min(1), content: z.string() }),
  Edit: z.looseObject({ file_path: z.string().min(1), old_string: z.string(), new_string: z.string() }),
  NotebookEdit: z.looseObject({ notebook_path: z.string().min(1), new_source: z.string() }),
  WebFetch: z.looseObject({ url: z.string().min(1), prompt: z.string() }),
  AskUserQuestion: z.looseObject({
    questions: z.array(z.unknown()).min(1),
    answers: z.record(z.string(), z.string()).optional(),
  }),
};

/**
 * Checks an edited tool input before it is sent: a well-known tool must still have what it cannot run without, and no
 * field may change its JSON type.
 * @throws RequestError `bad_request` naming the field.
 */
export function checkUpdatedInput(toolName: string, asked: JsonObject, updated: JsonObject): void {
  const shape = requiredInput[toolName]?.safeParse(updated);
  const issue = shape?.error?.issues[0];
  if (issue !== undefined) {
    const field = issue.path.join(".") || "input";
    throw new RequestError("bad_request", `The edited input does not fit ${toolName}: ${field}: ${issue.message}.`, {
      field,
    });
  }
  for (const [field, before] of Object.entries(asked)) {
    const after = updated[field];
    if (after === undefined || typeOf(after) === typeOf(before)) continue;
    throw new RequestError(
      "bad_request",
      `The edited input does not fit ${toolName}: ${field} was ${typeOf(before)} and is ${typeOf(after)} now.`,
      { field },
    );
  }
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value;
}
