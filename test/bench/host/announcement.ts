import type { ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { announcementSchema, type HostAnnouncement } from "../../../electron/launch/startHost.ts";

/** What a host's first line tells. @throws Error when it ended before it was ready. */
export async function announcementOf({ stdout }: ChildProcess): Promise<HostAnnouncement> {
  if (stdout === null) throw new Error("The host has no stdout.");
  for await (const line of createInterface({ input: stdout })) return announcementSchema.parse(JSON.parse(line));
  throw new Error("The host ended before it was ready; see above for why.");
}
