/** Starts claude processes for tests and records what they say; every one is ended after its test. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect } from "vitest";
import type { ClaudeMessage } from "../../electron/engine/claude/claudeMessage.ts";
import type { ClaudeProcess, ClaudeProcessOptions, ProcessExit } from "../../electron/engine/claude/claudeProcess.ts";
import { startClaudeProcess } from "../../electron/engine/claude/claudeProcess.ts";
import { buildLaunchArguments } from "../../electron/engine/claude/launchArguments.ts";
import { readStartIdentity } from "../../electron/engine/claude/processIdentity.ts";

export const fakePath = fileURLToPath(new URL("../support/fakeClaude/fakeClaude.mjs", import.meta.url));

type Kind = ClaudeMessage["kind"];
type MessageOf<K extends Kind> = Extract<ClaudeMessage, { readonly kind: K }>;

/** A process with everything it said, and waits that end when it does. */
export class Recorded {
  readonly messages: ClaudeMessage[] = [];
  readonly exits: ProcessExit[] = [];
  readonly problems: unknown[] = [];
  stderr = "";
  #process: ClaudeProcess | null = null;
  readonly #waiting = new Set<() => void>();

  static async start(
    options: Pick<ClaudeProcessOptions, "command" | "launchArguments" | "cwd" | "env" | "reaper">,
    onMessage?: (message: ClaudeMessage) => void,
  ): Promise<Recorded> {
    const recorded = new Recorded();
    recorded.#process = await startClaudeProcess({
      ...options,
      onMessage: (message) => {
        recorded.messages.push(message);
        recorded.#wake();
        onMessage?.(message);
      },
      onStderr: (text) => (recorded.stderr += text),
      onExit: (exit) => {
        recorded.exits.push(exit);
        recorded.#wake();
      },
      onProblem: (problem) => recorded.problems.push(problem),
    });
    return recorded;
  }

  get process(): ClaudeProcess {
    if (this.#process === null) throw new Error("Not started");
    return this.#process;
  }

  #wake(): void {
    for (const look of this.#waiting) look();
  }

  /** The first message of the kind, past or future, at or after `from`, that the predicate accepts. */
  async waitFor<K extends Kind>(
    kind: K,
    accept: (message: MessageOf<K>) => boolean = () => true,
    from = 0,
  ): Promise<MessageOf<K>> {
    const isWanted = (message: ClaudeMessage): message is MessageOf<K> =>
      message.kind === kind && accept(message as MessageOf<K>);
    const { promise, resolve, reject } = Promise.withResolvers<MessageOf<K>>();
    const look = (): void => {
      const found = this.messages.slice(from).find(isWanted);
      if (found !== undefined) resolve(found);
      else if (this.exits.length > 0) reject(new Error(`It ended without ${kind}: ${JSON.stringify(this.exits)}`));
    };
    this.#waiting.add(look);
    look();
    return promise.finally(() => this.#waiting.delete(look));
  }

  say(
    text: string,
    extra: { readonly priority?: "now" | "next" | "later"; readonly clientComposed?: boolean } = {},
  ): string {
    const uuid = crypto.randomUUID();
    this.process.sendUserMessage({ uuid, text, ...extra });
    return uuid;
  }

  texts(): readonly string[] {
    return this.messages.flatMap((message) =>
      message.kind === "assistant"
        ? message.content.flatMap((block) => (block.type === "text" ? [block.text] : []))
        : [],
    );
  }
}

let started: Recorded[] = [];
let folder = "";

beforeEach(async () => {
  started = [];
  folder = await mkdtemp(join(tmpdir(), "switchboard-process-"));
});

afterEach(async () => {
  await Promise.all(started.map(({ process }) => process.stop({ graceMs: 0, termMs: 0 })));
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** An empty folder that the running test has for itself. */
export function testFolder(): string {
  return folder;
}

export async function start(...parameters: Parameters<typeof Recorded.start>): Promise<Recorded> {
  const recorded = await Recorded.start(...parameters);
  started.push(recorded);
  return recorded;
}

/** Starts the fake with the given faults. */
export function startFake(fault: string, onMessage?: (message: ClaudeMessage) => void): Promise<Recorded> {
  return start(
    {
      command: { file: process.execPath, args: [fakePath] },
      launchArguments: buildLaunchArguments({}),
      cwd: folder,
      env: { PATH: process.env["PATH"] ?? "", FAKE_CLAUDE_FAULT: fault },
    },
    onMessage,
  );
}

/** Resolves when no process runs under the pid any more. */
export async function waitUntilGone(pid: number): Promise<void> {
  await expect.poll(() => readStartIdentity(pid), { timeout: 20_000, interval: 20 }).toBeNull();
}
