/** Talks with one real child: says things, answers what is asked, waits for each turn to end. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { watch } from "chokidar";
import { driveDuplex, duplexArgs, field, type DriverLine, type DuplexDriver } from "../duplexDriver.ts";
import type { ClaudeEnvironment } from "../claudeEnvironment.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface Talk {
  readonly driver: DuplexDriver;
  /** Says it and resolves when the turn is over, with its `result`. Allows every tool meanwhile. */
  readonly say: (content: string | readonly Fields[], extra?: Fields) => Promise<Fields>;
  /** Says it and resolves with the first line that passes. */
  readonly sayUntil: (text: string, passes: (fields: Fields) => boolean) => Promise<DriverLine>;
  readonly control: DuplexDriver["control"];
  /** Resolves when a running turn is over. */
  readonly settled: (from: number) => Promise<Fields>;
  /** Ends the input and waits for the end of the child. */
  readonly end: () => Promise<void>;
  /** SIGKILL, and waits. */
  readonly kill: () => Promise<void>;
  /** The id that the newest `init` names. */
  readonly sessionId: () => string;
}

export interface TalkOptions {
  readonly environment: ClaudeEnvironment;
  readonly cwd: string;
  readonly args: readonly string[];
  /** Tools whose requests stay open. */
  readonly leaveOpen?: readonly string[];
  /** Added to the environment of the child. */
  readonly env?: Readonly<Record<string, string>>;
}

const ANSWERS = { "Which database should the ledger use?": "SQLite", "Which reports do you want?": "By day" };

export function startTalk({ environment, cwd, args, leaveOpen = [], env }: TalkOptions): Talk {
  const driver = driveDuplex({
    command: environment.claudePath,
    args: [...duplexArgs, ...args],
    cwd,
    env: { ...environment.env, ...env },
  });
  const allowing = allowAll(driver, leaveOpen);
  const settled = async (from: number): Promise<Fields> => (await driver.waitFor(isResult, from)).fields;
  return {
    driver,
    settled,
    say: (content, extra = {}) => {
      const from = driver.lines.length;
      driver.say("", { message: { role: "user", content }, ...extra });
      return settled(from);
    },
    sayUntil: (text, passes) => {
      const from = driver.lines.length;
      driver.say(text);
      return driver.waitFor(passes, from);
    },
    control: (request) => driver.control(request),
    end: async () => {
      driver.endInput();
      await driver.exited;
      await allowing;
    },
    kill: async () => {
      driver.kill("SIGKILL");
      await driver.exited;
      await allowing;
    },
    sessionId: () => String(driver.lines.findLast(({ fields }) => fields["subtype"] === "init")?.fields["session_id"]),
  };
}

async function allowAll(driver: DuplexDriver, leaveOpen: readonly string[]): Promise<void> {
  for (let at = 0; ;) {
    const ask = await driver.waitFor(isAsk, at).catch(() => null);
    if (ask === null) return;
    at = driver.lines.indexOf(ask) + 1;
    const tool = field(ask.fields, "request", "tool_name");
    if (typeof tool === "string" && leaveOpen.includes(tool)) continue;
    const input = Object(field(ask.fields, "request", "input"));
    const updatedInput = tool === "AskUserQuestion" ? { ...input, answers: ANSWERS } : input;
    const response = {
      subtype: "success",
      request_id: ask.fields["request_id"],
      response: { behavior: "allow", updatedInput },
    };
    driver.write({ type: "control_response", response });
  }
}

export function isAsk(fields: Fields): boolean {
  return fields["type"] === "control_request";
}

export function isResult(fields: Fields): boolean {
  return fields["type"] === "result";
}

export function isTextDelta(fields: Fields): boolean {
  return field(fields, "event", "delta", "type") === "text_delta";
}

export function isQueued(uuid: string) {
  return (fields: Fields): boolean => fields["command_uuid"] === uuid && fields["state"] === "queued";
}

/** Has a Bash command run until `stopsRunning`, or until its directory goes; resolves once it runs. */
export async function startsRunning(talk: Talk, cwd: string): Promise<void> {
  const running = appears(join(cwd, RUNNING));
  talk.driver.say(`RUN_BASH: touch ${cwd}/${RUNNING}; while [ -e ${cwd}/${RUNNING} ]; do sleep 0.05; done`);
  await running;
}

export async function stopsRunning(cwd: string): Promise<void> {
  await rm(join(cwd, RUNNING));
}

const RUNNING = "running";

function appears(path: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(path).on("add", () => void watcher.close().then(resolve));
  });
}
