import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Reads every file below the folder once, so that what reads them next finds them in the system's memory. */
export async function readWholeFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    // Reading is the point: the bytes are dropped as they come.
    for await (const _ of createReadStream(join(entry.parentPath, entry.name), { highWaterMark: 1024 * 1024 }))
      continue;
  }
}
