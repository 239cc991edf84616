import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";

const announcementSchema = z.object({ url: z.string(), token: z.string(), pid: z.number() });

/** What a host's first line tells. @throws Error when it ended before it was ready. */
export async function announcementOf({ stdout }: ChildProcess): Promise<z.infer<typeof announcementSchema>> {
  if (stdout === null) throw new Error("The host has no stdout.");
  for await (const line of createInterface({ input: stdout })) return announcementSchema.parse(JSON.parse(line));
  throw new Error("The host ended before it was ready; see above for why.");
}
