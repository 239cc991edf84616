import type { Failure } from "../../../shared/contract/errors.ts";
import type { CostReport, UnpricedUse } from "../../../shared/model/cost.ts";
import type { LedgerState, PricesState } from "../../../shared/model/ledger.ts";
import type { HostInfo } from "../../../shared/model/host.ts";
import { formatCount } from "../../components/formats.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { priceProblemWords } from "./costWords.ts";
import { unpricedSentence } from "./unpricedSentence.ts";

/** Something that the reader of the figures must know. */
export interface CostNote {
  readonly id: "failure" | "ledger" | "prices" | "unpriced" | "incomplete" | "scanning" | "leftOut";
  readonly tone: "info" | "warn" | "danger";
  readonly text: string;
  readonly action: "showUnpriced" | null;
}

export interface NoteFacts {
  readonly history: CostReport | null;
  readonly unpriced: UnpricedUse | null;
  readonly prices: PricesState | null;
  readonly ledger: LedgerState | null;
  readonly host: HostInfo | null;
  readonly failure: Failure | null;
}

/** What is wrong with the figures or missing from them, the worst first. */
export function costNotes(facts: NoteFacts): readonly CostNote[] {
  const notes: readonly (CostNote | null)[] = [
    failureNote(facts),
    ledgerNote(facts),
    pricesNote(facts),
    unpricedNote(facts),
    incompleteNote(facts),
    scanningNote(facts),
    leftOutNote(facts),
  ];
  return notes.filter((note) => note !== null);
}

function note(id: CostNote["id"], tone: CostNote["tone"], text: string): CostNote {
  return { id, tone, text, action: null };
}

function failureNote({ failure, history }: NoteFacts): CostNote | null {
  if (failure === null) return null;
  const shown = history === null ? "Trying again every few seconds." : "What is shown is as it was before.";
  return note("failure", "danger", `Not all costs could be loaded: ${failure.message} ${shown}`);
}

function ledgerNote({ ledger }: NoteFacts): CostNote | null {
  const problem = ledger?.problem ?? null;
  return problem === null ? null : note("ledger", "danger", `Nothing new is written to the ledger: ${problem}`);
}

function pricesNote({ prices }: NoteFacts): CostNote | null {
  const fault = prices === null ? null : priceProblemWords(prices);
  if (prices === null || fault === null) return null;
  return note("prices", "warn", `Your price file ${visibleText(prices.userFile)} has ${fault}`);
}

function unpricedNote({ unpriced }: NoteFacts): CostNote | null {
  if (unpriced === null || unpriced.messages === 0) return null;
  return { ...note("unpriced", "warn", unpricedSentence(unpriced)), action: "showUnpriced" };
}

function incompleteNote({ history }: NoteFacts): CostNote | null {
  const count = history?.total.incompleteMessages ?? 0;
  if (count === 0) return null;
  const who = count === 1 ? "1 message did" : `${formatCount(count)} messages did`;
  return note("incomplete", "info", `${who} not tell all of the tokens: the true cost is at least what is shown.`);
}

function scanningNote({ host }: NoteFacts): CostNote | null {
  const index = host?.index;
  if (index?.state !== "scanning") return null;
  const far = index.filesTotal === 0 ? "" : ` (${formatCount(index.filesDone)} of ${formatCount(index.filesTotal)})`;
  return note("scanning", "info", `Transcripts are still being read${far}: older costs are not all here yet.`);
}

function leftOutNote({ history }: NoteFacts): CostNote | null {
  const count = history?.leftOut ?? 0;
  if (count === 0) return null;
  return note("leftOut", "info", `${formatCount(count)} rows are not drawn; the totals hold them.`);
}
