/**
 * A `claude` as a person runs it: in a terminal, which here is tmux. Owns one tmux server with a socket of its own in the
 * test's home, so that nobody else's is ever touched. Knows nothing about what the test looks at.
 */
import { execFile, execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { isJsonObject } from "../../shared/model/json.ts";
import { jsonObjectSchema } from "../../shared/model/jsonSchema.ts";
import type { ClaudeEnvironment } from "./claudeEnvironment.ts";
import { untilPasses } from "./untilPasses.ts";

/** How long the terminal may take to show what is waited for, on a machine that is busy with other tests. */
const PATIENCE_MS = 30_000;

/** Between two looks at the terminal, each of which is a program of its own. */
const LOOK_INTERVAL_MS = 100;

/** Whether sessions in a terminal can be tested here; says so when not. */
export const hasTmux = canRun("tmux", ["-V"]);
if (!hasTmux) {
  console.warn(
    "SKIPPED: that sessions in terminals are seen live, and gone, is not tested: install tmux, and run again.",
  );
}

export interface Terminal {
  /** Starts a `claude` in a window of its own; the directory is one that it trusts already. */
  readonly start: (cwd: string, args?: readonly string[]) => Promise<TerminalSession>;
  /** Ends all that runs in it. */
  readonly close: () => Promise<void>;
}

export interface TerminalSession {
  readonly pid: number;
  /** Resolves when the terminal shows the words. */
  readonly shows: (words: string) => Promise<void>;
  /** Types a line, and sends it off once the terminal shows it. */
  readonly say: (text: string) => Promise<void>;
  /**
   * Answers a prompt with a key, for as long as `isWaiting`. A prompt takes no keys in its first moments, lest somebody
   * answers it unseen.
   */
  readonly answer: (key: string, prompt: string, isWaiting: () => boolean) => Promise<void>;
}

/** A terminal in the test's home; sessions see the scripted API. */
export function openTerminal(environment: ClaudeEnvironment): Terminal {
  const { TMUX: _outer, TMUX_PANE: _pane, ...env } = environment.env;
  const socket = join(environment.home, "tmux.sock");
  async function tmux(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)("tmux", ["-S", socket, ...args], { env, encoding: "utf8" });
    return stdout;
  }
  return {
    start: async (cwd, args = []) => {
      await trust(environment, cwd);
      const command = `exec '${environment.claudePath}' --permission-mode default ${args.join(" ")}`;
      const size = ["-x", "150", "-y", "45"];
      const print = ["-P", "-F", "#{pane_pid} #{pane_id}"];
      const output = await tmux("-f", "/dev/null", "new-session", "-d", ...size, "-c", cwd, ...print, command);
      const [pid = "", pane = ""] = output.trim().split(" ");
      return sessionIn({ pid: Number(pid), pane, tmux });
    },
    close: async () => {
      if (hasTmux) await tmux("kill-server").catch(() => undefined);
    },
  };
}

interface Window {
  readonly pid: number;
  readonly pane: string;
  readonly tmux: (...args: readonly string[]) => Promise<string>;
}

function sessionIn({ pid, pane, tmux }: Window): TerminalSession {
  const isShown = async (words: string) => (await tmux("capture-pane", "-p", "-t", pane)).includes(words);
  const press = (key: string) => tmux("send-keys", "-t", pane, key);
  const patience = { timeout: PATIENCE_MS, interval: LOOK_INTERVAL_MS };
  async function expectShown(words: string): Promise<void> {
    if (!(await isShown(words))) throw new Error(`The terminal does not show: ${words}`);
  }
  const shows = (words: string) => untilPasses(() => expectShown(words), patience);
  return {
    pid,
    shows,
    say: async (text) => {
      await tmux("send-keys", "-t", pane, "-l", text);
      await shows(text.slice(0, 30));
      await press("Enter");
    },
    answer: async (key, prompt, isWaiting) => {
      const attempt = async () => {
        if (isWaiting() && (await isShown(prompt))) await press(key);
        if (isWaiting()) throw new Error(`The terminal still waits: ${prompt}`);
      };
      await untilPasses(attempt, { ...patience, interval: 300 });
    },
  };
}

/** Spares the terminal the question whether the directory is trusted. */
async function trust(environment: ClaudeEnvironment, directory: string): Promise<void> {
  const path = join(environment.configDir, ".claude.json");
  const settings = jsonObjectSchema.parse(JSON.parse(await readFile(path, "utf8")));
  const known = settings["projects"];
  const projects = { ...(isJsonObject(known) ? known : {}), [directory]: { hasTrustDialogAccepted: true } };
  await writeFile(path, JSON.stringify({ ...settings, projects }));
}

function canRun(file: string, args: readonly string[]): boolean {
  try {
    execFileSync(file, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
