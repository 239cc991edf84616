/** Writes sixty days of transcripts into a configuration folder, for the index and the ledger to read. */
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Random } from "../../bench/corpus/random.ts";
import { planHistory } from "./planHistory.ts";
import { type PlayedSession, playSession } from "./playSession.ts";
import type { ShopProject } from "../shopProjects.ts";

export interface HistoryOptions {
  /** `CLAUDE_CONFIG_DIR`. */
  readonly configDir: string;
  readonly directories: Readonly<Record<ShopProject, string>>;
  readonly nowMs: number;
}

/** The same in every run, but for the time. */
const SEED = 20;

/** The same moment and directories give the same sessions. */
export function makeHistory({ directories, nowMs }: Omit<HistoryOptions, "configDir">): readonly PlayedSession[] {
  const random = new Random(SEED);
  return planHistory(random, nowMs).map((plan) =>
    playSession({ random, plan, projectDirectory: directories[plan.task.project], nowMs }),
  );
}

/** The CLI deletes transcripts that are older than this many days when it starts (30 by default). */
const SETTINGS = { cleanupPeriodDays: 365 };

export async function writeHistory(options: HistoryOptions): Promise<void> {
  await writeFile(join(options.configDir, "settings.json"), JSON.stringify(SETTINGS));
  for (const { cwd, files } of makeHistory(options)) {
    const folder = join(options.configDir, "projects", cwd.replaceAll(/[^A-Za-z0-9]/gu, "-"));
    for (const { path, text, lastMs } of files) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
      await utimes(file, lastMs / 1000, lastMs / 1000);
    }
  }
}
