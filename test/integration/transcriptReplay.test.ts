/** What the real CLI tells while it runs, beside what its transcript tells afterwards: two mappers, one vocabulary. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseMessage } from "../../electron/engine/claude/parseMessage.ts";
import { mapMessage } from "../../electron/engine/sessions/mapping/mapMessage.ts";
import { initialMappingState } from "../../electron/engine/sessions/mapping/mappingState.ts";
import { readSubagentPage } from "../../electron/engine/transcripts/replay/subagentFile.ts";
import { readTranscriptPage } from "../../electron/engine/transcripts/replay/transcriptPage.ts";
import { openTranscriptTail } from "../../electron/engine/transcripts/replay/transcriptTail.ts";
import { eventsOf } from "../../electron/engine/transcripts/replay/recordEvents.ts";
import type { EventDraft } from "../../shared/model/event.ts";
import { createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { type DuplexDriver, driveDuplex, duplexArgs, field } from "../support/duplexDriver.ts";
import { startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";

interface Run {
  readonly driver: DuplexDriver;
  /** Says it, allows what is asked, and waits for the result. */
  readonly say: (text: string) => Promise<void>;
  /** The transcript, once the child has ended. */
  readonly end: () => Promise<string>;
  readonly path: () => Promise<string | null>;
}

async function startRun(): Promise<Run> {
  const api = await startScriptedApi({ idPrefix: "replay" });
  const environment = await createClaudeEnvironment({ apiUrl: api.url });
  const cwd = await environment.projectDir("project");
  const { claudePath: command, env } = environment;
  const driver = driveDuplex({ command, args: [...duplexArgs, "--forward-subagent-text"], cwd, env });
  onTestFinished(async () => {
    driver.kill("SIGKILL");
    await driver.exited;
    await api.close();
    await environment.dispose();
  });
  const projects = join(environment.configDir, "projects");
  const path = async (): Promise<string | null> => {
    const names = await readdir(projects, { recursive: true }).catch(() => []);
    const name = names.find((candidate) => /[\da-f-]{36}\.jsonl$/u.test(candidate));
    return name === undefined ? null : join(projects, name);
  };
  const say = async (text: string): Promise<void> => {
    let at = driver.lines.length;
    driver.say(text);
    for (;;) {
      const line = await driver.waitFor(({ type }) => type === "result" || type === "control_request", at);
      if (line.fields["type"] === "result") return;
      at = driver.lines.indexOf(line) + 1;
      const updatedInput = field(line.fields, "request", "input");
      const response = { behavior: "allow", updatedInput };
      const request = { subtype: "success", request_id: line.fields["request_id"], response };
      driver.write({ type: "control_response", response: request });
    }
  };
  const end = async (): Promise<string> => {
    driver.endInput();
    await driver.exited;
    const found = await path();
    if (found === null) throw new Error("The session has no transcript.");
    return found;
  };
  return { driver, say, end, path };
}

/** What was said and done, in the words that both must use; what the CLI says about itself differs. */
function contentOf(events: readonly EventDraft[]): readonly unknown[] {
  return events.flatMap((event): readonly unknown[] => {
    switch (event.type) {
      case "user.textAdded":
        return event.data.origin === "cli" && event.data.parentToolUseId === null
          ? []
          : [[event.type, event.data.text]];
      case "assistant.textAdded":
      case "assistant.thinkingAdded":
      case "tool.called":
      case "tool.finished":
        return [[event.type, event.data]];
      case "usage.recorded": {
        const { charge: _, ...said } = event.data;
        return [[event.type, said]];
      }
      case "turn.completed":
        return [[event.type, event.data.outcome]];
      default:
        return [];
    }
  });
}

function liveEvents(driver: DuplexDriver): readonly EventDraft[] {
  let state = initialMappingState(0);
  return driver.lines.flatMap(({ raw }) => {
    const mapped = mapMessage(state, parseMessage(raw), { isPayload: () => false });
    ({ state } = mapped);
    return mapped.events;
  });
}

function withoutOrder(events: readonly unknown[]): readonly string[] {
  return events.map((event) => JSON.stringify(event)).toSorted();
}

function parentOf(event: EventDraft): string | null {
  return "parentToolUseId" in event.data ? event.data.parentToolUseId : null;
}

async function replayed(path: string): Promise<readonly EventDraft[]> {
  return (await readTranscriptPage({ path, sessionId: "s", place: "end", limit: 1000 })).items;
}

describe("a transcript beside the live session", () => {
  it("tells the same words, calls, results, tokens and ends of turns, in the same order", async () => {
    const run = await startRun();
    for (const prompt of ["SAY hello", "THINK about it", "RUN_BASH: echo one", "RUN_BASH: echo broken >&2; exit 3"]) {
      await run.say(prompt);
    }
    const path = await run.end();
    const live = contentOf(liveEvents(run.driver));
    expect(live.length).toBeGreaterThan(15);
    const [liveUsage, liveRest] = apart(live);
    const [usage, rest] = apart(contentOf(await replayed(path)));
    expect(rest).toEqual(liveRest);
    expect(withoutOrder(usage)).toEqual(withoutOrder(liveUsage));
  });

  it("tells what sub-agents said, from their own files", async () => {
    const run = await startRun();
    await run.say("SUBAGENT RUN_BASH: touch made-by-subagent");
    const path = await run.end();
    const live = liveEvents(run.driver).filter((event) => parentOf(event) !== null);
    const toolUseId = live.map(parentOf)[0] ?? "";
    const page = await readSubagentPage({ path, sessionId: "s", toolUseId, place: "end", limit: 100 });
    const words = (events: readonly EventDraft[]) => contentOf(events.filter(({ type }) => type !== "usage.recorded"));
    expect(words(page.items)).toEqual(words(live));
    expect(page.items.length).toBeGreaterThan(3);
  });

  it("grows while the session runs, and a tail tells all of it once", async () => {
    const run = await startRun();
    await run.say("SAY first");
    const path = await expect.poll(run.path).not.toBeNull().then(run.path);
    const events: EventDraft[] = [];
    const tail = openTranscriptTail(path ?? "", {
      from: 0,
      onRecords: (records) => events.push(...records.flatMap((record) => eventsOf(record).map(({ draft }) => draft))),
      onReset: () => events.splice(0),
    });
    await tail.poke();
    await run.say("RUN_BASH: echo two");
    await tail.poke();
    await run.end();
    await tail.poke();
    expect(contentOf(events)).toEqual(contentOf(await replayed(path ?? "")));
    expect(events.filter(({ type }) => type === "turn.completed")).toHaveLength(2);
  });
});

/** Tokens are told at another place of a message: live at its end, in a transcript with its first block. */
function apart(content: readonly unknown[]): readonly [usage: readonly unknown[], rest: readonly unknown[]] {
  const isUsage = (event: unknown): boolean => Array.isArray(event) && event[0] === "usage.recorded";
  return [content.filter(isUsage), content.filter((event) => !isUsage(event))];
}
