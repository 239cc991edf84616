/** Tool calls with what they answered, in the shapes that transcripts of 2.1.329 have. */

export interface ToolUse {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What the model reads. */
  readonly result: string;
  /** `toolUseResult` of the record. */
  readonly detail: unknown;
  readonly isError: boolean;
  /** What the answer adds to the prompt; real files are longer than what is told here. */
  readonly tokens: number;
  /** How long it ran. */
  readonly tookMs: number;
  readonly webSearches: number;
  /** Of an Agent call: what the sub-agent does. */
  readonly subagent: SubagentWork | null;
}

export interface SubagentWork {
  readonly prompt: string;
  readonly description: string;
  readonly steps: readonly Step[];
  readonly report: string;
}

/** One message of the model: what it says and the tools it calls. */
export interface Step {
  readonly text?: string;
  readonly thinking?: string;
  readonly calls: readonly ToolUse[];
}

const plain = { isError: false, webSearches: 0, subagent: null } as const;

export function read(path: string, content: string, tokens: number): ToolUse {
  const lines = content.split("\n");
  const numbered = lines.map((line, index) => `${String(index + 1)}\t${line}`).join("\n");
  const file = { filePath: path, content, numLines: lines.length, startLine: 1, totalLines: lines.length };
  return {
    ...plain,
    name: "Read",
    input: { file_path: path },
    result: numbered,
    detail: { type: "text", file },
    tokens,
    tookMs: 60,
  };
}

export function grep(pattern: string, found: readonly string[]): ToolUse {
  const result = found.length === 0 ? "No matches found" : `Found ${String(found.length)} files\n${found.join("\n")}`;
  return {
    ...plain,
    name: "Grep",
    input: { pattern, output_mode: "files_with_matches" },
    result,
    detail: { mode: "files_with_matches", filenames: found, numFiles: found.length },
    tokens: 80 + found.length * 20,
    tookMs: 90,
  };
}

export interface BashUse {
  readonly command: string;
  readonly description: string;
  readonly stdout: string;
  readonly tokens?: number;
  readonly tookMs?: number;
  readonly failed?: boolean;
}

export function bash({ command, description, stdout, tokens = 420, tookMs = 6_000, failed = false }: BashUse): ToolUse {
  return {
    ...plain,
    name: "Bash",
    input: { command, description },
    result: failed ? `Exit code 1\n${stdout}` : stdout,
    detail: failed
      ? `Error: Exit code 1\n${stdout}`
      : { stdout, stderr: "", interrupted: false, isImage: false, noOutputExpected: false },
    isError: failed,
    tokens,
    tookMs,
  };
}

export function edit(path: string, before: string, after: string): ToolUse {
  const [removed, added] = [before.split("\n"), after.split("\n")];
  const hunk = {
    oldStart: 1,
    oldLines: removed.length,
    newStart: 1,
    newLines: added.length,
    lines: [...removed.map((line) => `-${line}`), ...added.map((line) => `+${line}`)],
  };
  return {
    ...plain,
    name: "Edit",
    input: { replace_all: false, file_path: path, old_string: before, new_string: after },
    result: `The file ${path} has been updated successfully.`,
    detail: {
      ...{ filePath: path, oldString: before, newString: after, originalFile: before },
      ...{ structuredPatch: [hunk], userModified: false, replaceAll: false },
    },
    tokens: 140,
    tookMs: 80,
  };
}

export function write(path: string, content: string): ToolUse {
  return {
    ...plain,
    name: "Write",
    input: { file_path: path, content },
    result: `File created successfully at: ${path}`,
    detail: { type: "create", filePath: path, content, structuredPatch: [], originalFile: null, userModified: false },
    tokens: 60,
    tookMs: 70,
  };
}

export function webSearch(query: string, answer: string, searches: number): ToolUse {
  return {
    ...plain,
    name: "WebSearch",
    input: { query },
    result: answer,
    detail: { query, results: [answer], durationSeconds: 4 },
    tokens: 3_800 * searches,
    tookMs: 4_200,
    webSearches: searches,
  };
}

export function agent(work: SubagentWork): ToolUse {
  const { description, prompt, report } = work;
  return {
    ...plain,
    name: "Agent",
    input: { description, prompt, subagent_type: "general-purpose", run_in_background: false },
    result: report,
    detail: null,
    tokens: 900,
    tookMs: 0,
    subagent: work,
  };
}
