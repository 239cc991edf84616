/** What the host's main thread and the index's own thread tell each other. */
import type { ScanEnd } from "./indexWork.ts";
import type { ScanProgress } from "./scanProgress.ts";

/** What the index's thread is started with. */
export interface IndexThreadSetup {
  readonly ledgerPath: string;
  /** Threads of a scan. */
  readonly workers: number;
}

/** To the index's thread. An order with an id is answered by `ended` with the same id. */
export type IndexOrder =
  | { readonly kind: "scan"; readonly id: number; readonly roots: readonly string[] }
  | { readonly kind: "watch"; readonly id: number; readonly roots: readonly string[] }
  | { readonly kind: "cancel" }
  | { readonly kind: "dispose" };

/** What is logged there, for the host's own log. */
export interface IndexLogLine {
  readonly level: "info" | "warn" | "error";
  readonly detail: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** From the index's thread. The first one is `opened` or `refused`. */
export type IndexNews =
  | { readonly kind: "opened"; readonly notice: string | null }
  /** The ledger cannot be written, and why, in words with the way out. The thread ends. */
  | { readonly kind: "refused"; readonly problem: string }
  /** What was written was undone. When the ledger is damaged the thread ends. */
  | { readonly kind: "lost"; readonly problem: string; readonly isDamaged: boolean }
  | { readonly kind: "progress"; readonly progress: ScanProgress }
  | { readonly kind: "changed"; readonly sessionIds: readonly string[] }
  | { readonly kind: "filesChanged"; readonly paths: readonly string[] }
  | { readonly kind: "ended"; readonly id: number; readonly end: ScanEnd }
  | ({ readonly kind: "log" } & IndexLogLine);
