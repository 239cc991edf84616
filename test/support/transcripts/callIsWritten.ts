/** Waits until the call of a tool stands in the transcript: the CLI writes it some 100 ms after it tells its client. */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { watch } from "chokidar";
import { sessionIdOf, type Stage } from "./situation.ts";

export async function callIsWritten({ environment, cwd }: Stage, label: string, tool: string): Promise<void> {
  const folder = join(environment.configDir, "projects", slugOf(cwd));
  const path = join(folder, `${sessionIdOf(label)}.jsonl`);
  await mkdir(folder, { recursive: true });
  await new Promise<void>((resolve) => {
    const look = async (): Promise<void> => {
      const text = await readFile(path, "utf8").catch(() => "");
      if (text.split("\n").some((line) => isCall(line, tool))) await watcher.close().then(resolve);
    };
    const watcher = watch(folder).on("all", () => void look());
  });
}

/** The name stands in other records too: in the list of tools that a request offered. */
function isCall(line: string, tool: string): boolean {
  return line.includes('"type":"assistant"') && line.includes(`"name":"${tool}"`);
}

/** How the CLI names the folder of a project. */
export function slugOf(cwd: string): string {
  return cwd.replaceAll(/[^A-Za-z0-9]/gu, "-");
}
