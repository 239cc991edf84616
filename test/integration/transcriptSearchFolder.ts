/** A folder of transcripts for each test, lines to write there, and searches over it; all is gone after the test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { openSearchUnderTest, type SearchUnderTest, type SearchUnderTestOptions } from "./transcriptSearchUnderTest.ts";

let folder: string;
let database: string;
let opened: SearchUnderTest[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "switchboard-search-"));
  database = join(folder, "search.db");
  mkdirSync(join(folder, "projects", "-app"), { recursive: true });
});

afterEach(async () => {
  await Promise.all(opened.map(({ search }) => search.dispose()));
  opened = [];
  rmSync(folder, { recursive: true, force: true });
});

/** The folder of the running test. */
export function searchFolder(): string {
  return folder;
}

/** Where the searches of the running test keep their database. */
export function searchDatabase(): string {
  return database;
}

/** A search over the folder that builds nothing yet. */
export function openSearch(options: Partial<SearchUnderTestOptions> = {}): SearchUnderTest {
  const one = openSearchUnderTest({ root: folder, path: database, ...options });
  opened.push(one);
  return one;
}

/** A search over the folder that has read all there is. */
export async function builtSearch(options: Partial<SearchUnderTestOptions> = {}): Promise<SearchUnderTest> {
  const one = openSearch(options);
  await one.build();
  return one;
}

/** The transcript of a session. */
export function pathOf(session: string): string {
  return join(folder, "projects", "-app", `${session}.jsonl`);
}

let minute = 0;

function base(session: string, extra: object): object {
  minute += 1;
  const timestamp = new Date(Date.UTC(2026, 10, 1, 0, minute)).toISOString();
  return { uuid: `u${minute}`, timestamp, sessionId: session, cwd: "/home/user/app", ...extra };
}

/** A line of what a person said, a minute after the line that was made before it. */
export function prompt(session: string, text: string, extra: object = {}): string {
  return JSON.stringify(base(session, { type: "user", message: { role: "user", content: text }, ...extra }));
}

/** A line of what the model said, with a tool if it calls one, a minute after the line that was made before it. */
export function answer(session: string, text: string, extra: object = {}, tool: string | null = null): string {
  const content: object[] = [{ type: "text", text }];
  if (tool !== null) content.push({ type: "tool_use", id: "t", name: tool, input: {} });
  const message = { id: `msg_${minute}`, role: "assistant", model: "claude-opus-5-5", content };
  return JSON.stringify(base(session, { type: "assistant", message, ...extra }));
}

/** Writes lines as the whole transcript of a session. */
export function write(session: string, ...lines: readonly string[]): void {
  writeFileSync(pathOf(session), lines.map((line) => `${line}\n`).join(""));
}
