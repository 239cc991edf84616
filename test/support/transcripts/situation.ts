/** One situation that a transcript shows: what is played with the real CLI to get it. */
import { createHash } from "node:crypto";
import type { ClaudeEnvironment } from "../claudeEnvironment.ts";
import type { ChargedApi } from "./chargedApi.ts";
import { startTalk, type Talk, type TalkOptions } from "./talk.ts";

export interface Stage {
  readonly api: ChargedApi;
  readonly environment: ClaudeEnvironment;
  /** A directory of the situation's own. */
  readonly cwd: string;
  /** Starts a child in a new session of that label. */
  readonly start: (label: string, options?: StartOptions) => Talk;
  readonly resume: (label: string, options?: StartOptions) => Talk;
  readonly fork: (parent: string, label: string, options?: StartOptions) => Talk;
}

export type StartOptions = Partial<Pick<TalkOptions, "args" | "leaveOpen" | "env">>;

export interface Situation {
  /** Whether the directory is a git working tree, on branch `main`. */
  readonly isGit?: boolean;
  readonly play: (stage: Stage) => Promise<void>;
}

/** A session id that is the same in every run: a version 4 UUID made of the label's hash. */
export function sessionIdOf(label: string): string {
  const hex = createHash("sha256").update(label).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function stageOf(api: ChargedApi, environment: ClaudeEnvironment, cwd: string): Stage {
  const talk = (args: readonly string[], options: StartOptions = {}): Talk =>
    startTalk({ environment, cwd, ...options, args: [...args, ...(options.args ?? [])] });
  return {
    api,
    environment,
    cwd,
    start: (label, options) => talk(["--session-id", sessionIdOf(label)], options),
    resume: (label, options) => talk(["--resume", sessionIdOf(label)], options),
    fork: (parent, label, options) =>
      talk(["--resume", sessionIdOf(parent), "--fork-session", "--session-id", sessionIdOf(label)], options),
  };
}
