/** What a tool call changes in a file, as a unified diff. Free of Node. */
import { structuredPatch } from "diff";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../../shared/model/json.ts";

/** Unchanged lines shown around a change. */
const CONTEXT_LINES = 3;

/** With more changed lines than this the old ones are shown, then the new ones: comparing them takes too long. */
const MAX_EDIT_LENGTH = 100;

/** Texts beyond this are not compared at all. */
const MAX_COMPARED_CHARS = 100_000;

/** A changed file. `lines` begin with `+`, `-`, a space, or `@@` between parts. */
export interface FileDiff {
  readonly path: string;
  readonly lines: readonly string[];
}

/** The change that an Edit, MultiEdit, Write or NotebookEdit call asks for; null for other tools and other inputs. */
export function fileDiff(toolName: string, input: JsonObject): FileDiff | null {
  const path = input["file_path"] ?? input["notebook_path"];
  if (typeof path !== "string") return null;
  const lines = changedLines(toolName, input);
  return lines === null ? null : { path, lines };
}

function changedLines(toolName: string, input: JsonObject): readonly string[] | null {
  switch (toolName) {
    case "Write":
      return added(input["content"]);
    case "NotebookEdit":
      return added(input["new_source"]);
    case "Edit":
      return edited(input);
    case "MultiEdit": {
      const { edits } = input;
      const parts = Array.isArray(edits)
        ? edits.map((edit: JsonValue) => (isJsonObject(edit) ? edited(edit) : null))
        : [];
      return parts.length === 0 || parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
    }
    default:
      return null;
  }
}

function added(content: JsonValue | undefined): readonly string[] | null {
  return typeof content === "string" ? linesOf(content).map((line) => `+${line}`) : null;
}

function edited({ old_string: before, new_string: after }: JsonObject): readonly string[] | null {
  if (typeof before !== "string" || typeof after !== "string") return null;
  const patch =
    before.length + after.length > MAX_COMPARED_CHARS
      ? undefined
      : structuredPatch("", "", withEnd(before), withEnd(after), "", "", {
          context: CONTEXT_LINES,
          maxEditLength: MAX_EDIT_LENGTH,
        });
  if (patch === undefined) {
    return [...linesOf(before).map((line) => `-${line}`), ...linesOf(after).map((line) => `+${line}`)];
  }
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${String(oldStart)},${String(oldLines)} +${String(newStart)},${String(newLines)} @@`,
    ...lines.filter((line) => !line.startsWith("\\")),
  ]);
}

/** A missing line end at the end of an excerpt is no change worth showing. */
function withEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : withEnd(text).slice(0, -1).split("\n");
}
