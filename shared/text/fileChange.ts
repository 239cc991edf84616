import { structuredPatch } from "diff";
import { type JsonObject, type JsonValue, isJsonObject } from "../model/json.ts";

/** What a tool call does to one file: each part is a text and what takes its place. */
export interface FileChange {
  readonly path: string;
  /** `write`: the whole file. `edit`: parts of it. */
  readonly kind: "write" | "edit";
  readonly parts: readonly FileChangePart[];
}

export interface FileChangePart {
  /** Empty for a file that is written whole: what it held before is not known. */
  readonly before: string;
  readonly after: string;
  readonly everywhere: boolean;
}

/** One line of a diff. `gap` stands between hunks and has no text. */
export interface DiffLine {
  readonly kind: "same" | "added" | "removed" | "gap";
  readonly text: string;
}

/** Unchanged lines shown around a change. */
const CONTEXT_LINES = 3;
/** Beyond this many added and removed lines the texts have little in common, and finding that out takes seconds. */
const MAX_EDIT_LENGTH = 3000;

/** Texts beyond this are not compared at all. */
const MAX_COMPARED_CHARS = 1_000_000;

/** How far texts are compared before the old one is shown whole, and then the new one. */
export interface DiffLimits {
  readonly maxEditLength: number;
  readonly maxComparedChars: number;
}

const SCREEN_LIMITS: DiffLimits = { maxEditLength: MAX_EDIT_LENGTH, maxComparedChars: MAX_COMPARED_CHARS };

/** The inputs that hold a whole file's or a whole cell's text, by tool. */
const WRITTEN_TEXT: Readonly<Record<string, string>> = { Write: "content", NotebookEdit: "new_source" };

/** Reads the change out of an Edit, Write, MultiEdit or NotebookEdit call; null for other tools and other inputs. */
export function fileChange(toolName: string | null, input: JsonObject): FileChange | null {
  const path = input["file_path"] ?? input["notebook_path"];
  if (typeof path !== "string" || toolName === null) return null;
  const written = WRITTEN_TEXT[toolName];
  if (written !== undefined) {
    const text = input[written];
    if (typeof text !== "string") return null;
    return { path, kind: "write", parts: [{ before: "", after: text, everywhere: false }] };
  }
  const edits = toolName === "Edit" ? [input] : toolName === "MultiEdit" ? input["edits"] : null;
  if (!Array.isArray(edits)) return null;
  const parts = edits.map(partOf);
  const complete = parts.filter((part) => part !== null);
  return complete.length === parts.length && parts.length > 0 ? { path, kind: "edit", parts: complete } : null;
}

/** The lines of a change: hunks with a few unchanged lines around them. */
export function diffLines({ before, after }: FileChangePart, limits = SCREEN_LIMITS): readonly DiffLine[] {
  const { maxEditLength, maxComparedChars } = limits;
  const patch =
    before.length + after.length > maxComparedChars
      ? undefined
      : structuredPatch("", "", withEnd(before), withEnd(after), "", "", { context: CONTEXT_LINES, maxEditLength });
  if (patch === undefined) return [...linesOf("removed", before), ...linesOf("added", after)];
  return patch.hunks.flatMap((hunk, index) => {
    const lines = hunk.lines.filter((line) => !line.startsWith("\\")).map(diffLine);
    return index === 0 ? lines : [{ kind: "gap", text: "" } as const, ...lines];
  });
}

/** How many lines were added and removed. */
export function diffCounts(lines: readonly DiffLine[]): { readonly added: number; readonly removed: number } {
  const count = (kind: DiffLine["kind"]): number => lines.filter((line) => line.kind === kind).length;
  return { added: count("added"), removed: count("removed") };
}

function partOf(edit: JsonValue): FileChangePart | null {
  if (!isJsonObject(edit)) return null;
  const { old_string: before, new_string: after } = edit;
  if (typeof before !== "string" || typeof after !== "string") return null;
  return { before, after, everywhere: edit["replace_all"] === true };
}

function diffLine(line: string): DiffLine {
  const sign = line.slice(0, 1);
  const kind = sign === "+" ? "added" : sign === "-" ? "removed" : "same";
  return { kind, text: line.slice(1) };
}

/** A missing line end at the end of an excerpt is no change worth showing. */
function withEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function linesOf(kind: "added" | "removed", text: string): readonly DiffLine[] {
  return text === ""
    ? []
    : withEnd(text)
        .slice(0, -1)
        .split("\n")
        .map((line) => ({ kind, text: line }));
}
