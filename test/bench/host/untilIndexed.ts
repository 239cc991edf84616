import { setTimeout as wait } from "node:timers/promises";
import type { HostClient } from "./hostClient.ts";

const LOOK_MS = 50;

/** Resolves when the host has read all transcripts. @throws Error when it cannot. */
export async function untilIndexed(client: HostClient): Promise<void> {
  for (;;) {
    const { index } = await client.request("host.get", {});
    if (index.state === "ready") return;
    if (index.problem !== null) throw new Error(index.problem);
    await wait(LOOK_MS);
  }
}
