/** Transcripts for tests: files of given lines, and the ones that were taken from the real CLI. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { EventDraft, SessionEvent } from "../../../../../../shared/model/event.ts";
import { isJsonObject, type JsonObject } from "../../../../../../shared/model/json.ts";
import { mapRecord } from "../../../../../../electron/engine/transcripts/replay/mapRecord.ts";
import { readTranscriptPage } from "../../../../../../electron/engine/transcripts/replay/transcriptPage.ts";
import type { TranscriptPlace } from "../../../../../../electron/engine/transcripts/replay/transcriptPage.ts";

const samples = fileURLToPath(new URL("../../../../../support/samples/transcripts/", import.meta.url));

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "switchboard-replay-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A transcript with this content, line ends as given. */
export async function transcriptFile(content: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), "0f1e2d3c-0000-4000-8000-000000000000.jsonl");
  await writeFile(path, content);
  return path;
}

/** Records as the CLI writes them, one a line. */
export function linesOf(records: readonly JsonObject[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** The paths of a situation's transcripts, sub-agents' files not counted. */
export async function samplePaths(situation: string): Promise<readonly string[]> {
  const names = await readdir(join(samples, situation), { recursive: true });
  return names
    .filter((name) => name.endsWith(".jsonl") && !name.includes("subagents"))
    .map((name) => join(samples, situation, name));
}

export async function sampleRecords(situation: string): Promise<readonly JsonObject[]> {
  const texts = await Promise.all((await samplePaths(situation)).map((path) => readFile(path, "utf8")));
  return texts.flatMap((text) =>
    text
      .split("\n")
      .filter((line) => line !== "")
      .map((line): unknown => JSON.parse(line))
      .filter(isJsonObject),
  );
}

/** What a situation's transcript tells, without ids that differ from run to run. */
export async function sampleEvents(situation: string): Promise<readonly string[]> {
  return (await sampleRecords(situation)).flatMap((record) => mapRecord(record)).flatMap(told);
}

/** An event in words; figures and settings that come with every prompt are left out. */
export function told(event: EventDraft): readonly string[] {
  switch (event.type) {
    case "user.textAdded":
      return [`${event.data.origin}: ${event.data.text.slice(0, 60)}`];
    case "assistant.textAdded":
      return [`assistant: ${event.data.text.slice(0, 40)}`];
    case "assistant.thinkingAdded":
      return [`thinking: ${event.data.text.slice(0, 40)}`];
    case "tool.called":
      return [`${event.data.name} ${JSON.stringify(event.data.input).slice(0, 60)}`];
    case "tool.finished":
      return [`${event.data.isError ? "failed" : "result"}: ${event.data.output.trim().slice(0, 40)}`];
    case "turn.completed":
      return [
        `turn ${event.data.outcome} ${event.data.terminalReason ?? ""} ${(event.data.errorText ?? "").slice(0, 20)}`.trim(),
      ];
    case "turn.started":
      return ["turn started"];
    case "usage.recorded":
    case "session.contextMeasured":
    case "session.modeChanged":
    case "session.branchChanged":
    case "session.modelChanged":
      return [];
    default:
      return [`${event.type} ${JSON.stringify(event.data).slice(0, 130)}`];
  }
}

export async function page(path: string, place: TranscriptPlace, limit = 500, until?: number) {
  return readTranscriptPage({ path, sessionId: "s", place, limit, until });
}

/** All events of a file, read in one page from its start. */
export async function wholeFile(path: string): Promise<readonly SessionEvent[]> {
  const { items, hasNewer } = await page(path, { after: -(2 ** 52) - 1 }, 100_000);
  if (hasNewer) throw new Error("The file is too large for one page.");
  return items;
}
