/** What the host's main thread and the index's own thread tell each other. */
import type { PriceSheet } from "../ledger/pricing/price.ts";
import type { SessionCharge } from "../storage/sessionCharges.ts";
import type { IndexStanding } from "./indexStanding.ts";
import type { ScanEnd } from "./indexWork.ts";
import type { ToldCharges } from "./indexWriter.ts";
import type { ScanProgress } from "./scanProgress.ts";

/**
 * What the ledger's writer is asked for.
 * - `charge`: to keep what no transcript told; answers what the named sessions cost then.
 * - `prices`: to price by these and the shipped ones from now on, and anew what was priced by others.
 */
export type LedgerAsk =
  | { readonly what: "charge"; readonly charges: ToldCharges; readonly sessions: readonly SessionTurn[] }
  | { readonly what: "prices"; readonly userSheet: PriceSheet | null }
  | { readonly what: "backup"; readonly path: string }
  | { readonly what: "vacuum" };

/** A session, and the turn of it that runs, if any. */
export interface SessionTurn {
  readonly sessionId: string;
  readonly turnId: string | null;
}

export interface ChargedSession extends SessionCharge, SessionTurn {}

export type LedgerAnswer =
  | {
      readonly what: "charge";
      readonly added: number;
      readonly known: number;
      readonly sessions: readonly ChargedSession[];
    }
  | { readonly what: "prices" | "backup" | "vacuum" };

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
  | { readonly kind: "ask"; readonly id: number; readonly ask: LedgerAsk }
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
  | {
      readonly kind: "opened";
      /** The file that is written; another than the ledger's while that must be left as it is: `readOnly` says why. */
      readonly path: string;
      readonly readOnly: string | null;
      readonly notice: string | null;
    }
  /** To be told to a person. */
  | { readonly kind: "noticed"; readonly notice: string }
  /** The ledger cannot be written, and why, in words with the way out. The thread ends. */
  | { readonly kind: "refused"; readonly problem: string }
  /** What was written was undone. When the ledger is damaged the thread ends. */
  | { readonly kind: "lost"; readonly problem: string; readonly isDamaged: boolean }
  | { readonly kind: "progress"; readonly progress: ScanProgress }
  | { readonly kind: "standing"; readonly standing: IndexStanding }
  | { readonly kind: "changed"; readonly sessionIds: readonly string[] }
  | { readonly kind: "filesChanged"; readonly paths: readonly string[] }
  | { readonly kind: "ended"; readonly id: number; readonly end: ScanEnd }
  | { readonly kind: "answered"; readonly id: number; readonly answer: LedgerAnswer }
  /** What was asked could not be done, and why. */
  | { readonly kind: "notDone"; readonly id: number; readonly problem: string }
  | ({ readonly kind: "log" } & IndexLogLine);
