/** Drives the real CLI through every situation, and leaves the transcripts that it wrote. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../claudeEnvironment.ts";
import { type ChargedApi, startChargedApi } from "./chargedApi.ts";
import { stageOf, type Situation } from "./situation.ts";
import { agentSituations } from "./situations/agents.ts";
import { continuedSituations } from "./situations/continued.ts";
import { endingSituations } from "./situations/endings.ts";
import { turnSituations } from "./situations/turns.ts";

export interface DrivenTranscripts {
  readonly environment: ClaudeEnvironment;
  readonly api: ChargedApi;
  readonly dispose: () => Promise<void>;
}

export const situations: Readonly<Record<string, Situation>> = {
  ...turnSituations,
  ...agentSituations,
  ...endingSituations,
  ...continuedSituations,
};

/** Children at a time: a start is half a second of computing, and most of the rest is waiting. */
const AT_A_TIME = 4;

export interface DriveTranscriptsOptions {
  /** Those that are played; all when missing. */
  readonly names?: readonly string[];
  /** Called before the first one is played. */
  readonly onReady?: (environment: ClaudeEnvironment) => Promise<void>;
}

export async function driveTranscripts(options: DriveTranscriptsOptions = {}): Promise<DrivenTranscripts> {
  const { names = Object.keys(situations), onReady } = options;
  const api = await startChargedApi();
  const environment = await createClaudeEnvironment({ apiUrl: api.url });
  await onReady?.(environment);
  const waiting = [...names];
  const playNext = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await play(name, { api, environment, cwd: await environment.projectDir(name) });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, playNext));
  return {
    environment,
    api,
    dispose: async () => {
      await api.close();
      await environment.dispose();
    },
  };
}

interface Place {
  readonly api: ChargedApi;
  readonly environment: ClaudeEnvironment;
  readonly cwd: string;
}

async function play(name: string, { api, environment, cwd }: Place): Promise<void> {
  const situation = situations[name];
  if (situation === undefined) throw new Error(`There is no situation ${name}`);
  if (situation.isGit === true) await makeWorkingTree(cwd, environment.env);
  try {
    await situation.play(stageOf(api, environment, cwd));
  } catch (error) {
    throw new Error(`The situation ${name} failed`, { cause: error });
  }
}

async function makeWorkingTree(cwd: string, env: Readonly<Record<string, string>>): Promise<void> {
  const git = (...args: readonly string[]) => promisify(execFile)("git", [...args], { cwd, env });
  await git("init", "--quiet", "--initial-branch=main");
  await git(
    "-c",
    "user.name=Me",
    "-c",
    "user.email=me@example.com",
    "commit",
    "--quiet",
    "--allow-empty",
    "-m",
    "Begin",
  );
}
