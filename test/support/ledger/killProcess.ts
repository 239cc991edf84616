import type { TestEngine } from "../testEngine.ts";

/** SIGKILL for the process of a session that the engine runs; resolves when the engine knows. */
export async function killProcess(test: TestEngine, sessionId: string): Promise<void> {
  const { pid } = (await test.event(sessionId, "process.started")).data;
  process.kill(pid, "SIGKILL");
  await test.event(sessionId, "process.exited", ({ data }) => data.pid === pid);
}
