/** Processes that look like a `claude` of a version that registers no sessions. */
import { type ChildProcess, spawn } from "node:child_process";
import { appendFile } from "node:fs/promises";

export interface StrangeClaude {
  readonly pid: number;
  readonly end: () => Promise<void>;
}

/** What it runs: nothing, until it is ended. */
const IDLE = "setInterval(() => undefined, 1000)";

/** Starts one with the given arguments, which it does not read. */
export async function startStrangeClaude(cwd: string, args: readonly string[]): Promise<StrangeClaude> {
  // Node takes its own options from the environment: the arguments are those of a CLI, and stand as they are.
  const child = spawn(process.execPath, ["-", ...args], { cwd, argv0: "claude", stdio: ["pipe", "ignore", "ignore"] });
  await once(child, "spawn");
  child.stdin?.end(IDLE);
  return {
    pid: child.pid ?? 0,
    end: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
  };
}

/** Appends what such a process would: an answer of the model, of now. */
export async function appendAnswer(transcript: string, sessionId: string, cwd: string, text: string): Promise<void> {
  const message = {
    ...{ id: `msg_${crypto.randomUUID()}`, type: "message", role: "assistant", model: "claude-opus-5-5" },
    content: [{ type: "text", text }],
    ...{ stop_reason: "end_turn", usage: { input_tokens: 1, output_tokens: 1 } },
  };
  const at = { sessionId, cwd, timestamp: new Date().toISOString(), version: "2.0.1", uuid: crypto.randomUUID() };
  await appendFile(transcript, `${JSON.stringify({ type: "assistant", parentUuid: null, ...at, message })}\n`);
}

function once(child: ChildProcess, event: "spawn" | "exit"): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once(event, () => resolve());
    child.once("error", reject);
  });
}
