/** What a tool call changes in a file, as the lines of a unified diff. Free of Node. */
import type { JsonObject } from "../../../../shared/model/json.ts";
import { type DiffLimits, type DiffLine, diffLines, fileChange } from "../../../../shared/text/fileChange.ts";

/** An export compares thousands of edits, and must not hold the host for any of them. */
const LIMITS: DiffLimits = { maxEditLength: 100, maxComparedChars: 100_000 };

const SIGNS: Readonly<Record<DiffLine["kind"], string>> = { same: " ", added: "+", removed: "-", gap: "@@" };

/** A changed file. `lines` begin with `+`, `-`, a space, or are `@@` between parts. */
export interface FileDiff {
  readonly path: string;
  readonly lines: readonly string[];
}

/** The change that an Edit, MultiEdit, Write or NotebookEdit call asks for; null for other tools and other inputs. */
export function fileDiff(toolName: string, input: JsonObject): FileDiff | null {
  const change = fileChange(toolName, input);
  if (change === null) return null;
  const lines = change.parts.flatMap((part, index) => {
    const drawn = diffLines(part, LIMITS).map(({ kind, text }) => `${SIGNS[kind]}${text}`);
    return index === 0 ? drawn : [SIGNS.gap, ...drawn];
  });
  return { path: change.path, lines };
}
