import { setTimeout as wait } from "node:timers/promises";
import type { HostClient } from "./hostClient.ts";

/** Each look takes the host's time: they are far apart until the end is near. */
const LOOK_MS = 100;
const LAST_LOOKS_MS = 10;
const NEARLY = 0.9;

/** Resolves when the host has read all transcripts. @throws Error when it cannot. */
export async function untilIndexed(client: HostClient): Promise<void> {
  for (;;) {
    const { index } = await client.request("host.get", {});
    if (index.state === "ready") return;
    if (index.problem !== null) throw new Error(index.problem);
    await wait(index.bytesTotal > 0 && index.bytesDone >= index.bytesTotal * NEARLY ? LAST_LOOKS_MS : LOOK_MS);
  }
}
