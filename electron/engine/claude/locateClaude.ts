/** Finds the `claude` executable and asks it for its version. */
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { execa } from "execa";
import type { ClaudeProblem } from "../../../shared/model/host.ts";
import { childEnvironment } from "./childEnvironment.ts";
import { claudeCandidates } from "./claudeCandidates.ts";
import { isSupportedVersion, MINIMUM_CLAUDE_VERSION, parseClaudeVersion } from "./claudeVersion.ts";
import type { ClaudeCommand } from "./spawnChild.ts";

/** A first start reads some 400 MB from a cold disk; a program that takes longer is not the CLI. */
const VERSION_TIMEOUT_MS = 20_000;

export type LocatedClaude =
  | { readonly ok: true; readonly path: string; readonly version: string; readonly command: ClaudeCommand }
  | { readonly ok: false; readonly problem: ClaudeProblem };

export interface LocateOptions {
  /** The path that the person chose. It alone is tried then, as is `CLAUDE_PATH`: a choice is never passed over. */
  readonly explicitPath?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The user's own when missing. */
  readonly home?: string;
}

/**
 * Tries the setting, else `CLAUDE_PATH`, else PATH and the usual install places in that order: the first that works.
 * When none does, the problem is that of the first one there is.
 */
export async function locateClaude({
  explicitPath,
  environment,
  home = homedir(),
}: LocateOptions): Promise<LocatedClaude> {
  const chosen = [explicitPath, environment["CLAUDE_PATH"]].find((path) => path !== undefined && path !== "");
  if (chosen !== undefined) return (await probe(chosen, environment)) ?? failed("missing", missingAt(chosen));
  let firstFailure: LocatedClaude | null = null;
  for (const path of claudeCandidates({ platform: process.platform, environment, home })) {
    const located = await probe(path, environment);
    if (located?.ok === true) return located;
    firstFailure ??= located;
  }
  return firstFailure ?? failed("missing", MISSING);
}

const MISSING =
  "No `claude` was found. Install Claude Code (npm install -g @anthropic-ai/claude-code), or set CLAUDE_PATH to it.";

function missingAt(path: string): string {
  return `There is no file ${path}. Correct the path to \`claude\`, or leave it out to have it looked for.`;
}

/** Null when there is no such file. */
async function probe(path: string, environment: LocateOptions["environment"]): Promise<LocatedClaude | null> {
  const file = await stat(path).catch(() => null);
  if (file === null) return null;
  const isExecutable = await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!file.isFile() || !isExecutable) {
    return failed("not_executable", `${path} is not an executable file. Make it executable, or choose another one.`);
  }
  return askVersion(path, environment);
}

async function askVersion(path: string, environment: LocateOptions["environment"]): Promise<LocatedClaude> {
  const result = await execa(path, ["--version"], {
    env: { ...childEnvironment(environment) },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    timeout: VERSION_TIMEOUT_MS,
    forceKillAfterDelay: 1_000,
    maxBuffer: 64 * 1024,
  });
  const version = parseClaudeVersion(result.stdout);
  if (version === null || result.exitCode !== 0) return failed("broken", brokenMessage(path, result));
  if (!isSupportedVersion(version)) {
    const message = `${path} is version ${version}; ${MINIMUM_CLAUDE_VERSION} or later is needed. Update it with \`claude update\`.`;
    return failed("too_old", message);
  }
  return { ok: true, path, version, command: { file: path } };
}

interface ProbeResult {
  readonly timedOut: boolean;
  readonly exitCode?: number | undefined;
  readonly stderr: string;
}

function brokenMessage(path: string, { timedOut, exitCode, stderr }: ProbeResult): string {
  const advice = "Reinstall Claude Code, or choose another `claude`.";
  if (timedOut)
    return `${path} --version did not answer within ${String(VERSION_TIMEOUT_MS / 1000)} seconds. ${advice}`;
  const words = stderr.trim().split("\n", 1)[0] ?? "";
  const how = exitCode === undefined ? "could not be run" : `ended with exit code ${String(exitCode)}`;
  return `${path} --version ${how}${words === "" ? "" : `: ${words}`}. ${advice}`;
}

function failed(code: ClaudeProblem["code"], message: string): LocatedClaude {
  return { ok: false, problem: { code, message } };
}
