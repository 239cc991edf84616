import type { CacheLife } from "./contextMeter.ts";
import type { ShopTask } from "./shopTasks.ts";

/** One session of the history, before it is written. */
export interface SessionPlan {
  readonly task: ShopTask;
  readonly gitBranch: string;
  /** The name of the worktree that it runs in; null: in the project itself. */
  readonly worktree: string | null;
  readonly version: string;
  readonly startMs: number;
  readonly turns: number;
  readonly model: string;
  /** What sub-agents run on. */
  readonly helperModel: string;
  readonly cacheLife: CacheLife;
  readonly isFast: boolean;
  /** Sub-agents in its first turn. */
  readonly subagents: number;
  /** The turn after which the person is away for an hour; null: never. */
  readonly breakAfterTurn: number | null;
  /** The turn in which a very large file is read; null: never. */
  readonly largeReadInTurn: number | null;
  /** Its conversation is summarised before the last turn. */
  readonly isCompacted: boolean;
  /** Its process was killed, so that the CLI's total is missing. */
  readonly isKilled: boolean;
  /** The name that a person gave it; null: none. */
  readonly customTitle: string | null;
}
