import { expect, test } from "vitest";
import { costNotes, type NoteFacts } from "../../../../renderer/views/costs/costNotes.ts";
import type { UnpricedUse } from "../../../../shared/model/cost.ts";
import type { LedgerState, PricesState } from "../../../../shared/model/ledger.ts";
import { aHost } from "../../../support/builders.ts";
import { sampleReport, sampleSum } from "./samples.ts";

const host = aHost();
const prices: PricesState = {
  userFile: "/p.json",
  hasUserPrices: true,
  problem: null,
  keptProblem: null,
  sources: [],
  unknownModels: [],
};
const ledger: LedgerState = {
  entries: 1,
  unpricedEntries: 0,
  since: null,
  path: "/l",
  sizeBytes: 1,
  backups: [],
  problem: null,
};
const allWell: NoteFacts = {
  history: sampleReport([]),
  unpriced: { messages: 0, reasons: [] },
  prices,
  ledger,
  host: { ...host, index: { ...host.index, state: "ready" } },
  failure: null,
};

/** One message of a model that no price list knows. */
const unpriced: UnpricedUse = {
  messages: 1,
  reasons: [{ reason: "unknown_model", messages: 1, models: ["m"], moreModels: 0 }],
};

test("nothing is said while all is well, or while nothing is known", () => {
  const unasked = { history: null, unpriced: null, prices: null, ledger: null, host: null, failure: null };
  expect([costNotes(allWell), costNotes(unasked)]).toEqual([[], []]);
});

test.each<readonly [string, Partial<NoteFacts>, string]>([
  [
    "messages without a price",
    { unpriced },
    "1 message of an unknown model (m) is not priced: it is in the tokens, not in the dollars.",
  ],
  [
    "a mistake in the price file",
    { prices: { ...prices, problem: { line: 12, message: "“input” must be a number." } } },
    "Your price file /p.json has an error in line 12: “input” must be a number. The prices before it stay in use.",
  ],
  [
    "a mistake in the price file that was never right",
    { prices: { ...prices, hasUserPrices: false, problem: { line: 3, message: "prices: Invalid input" } } },
    "Your price file /p.json has an error in line 3: prices: Invalid input. Until it is right, only the price lists of Switchboard are in use.",
  ],
  [
    "a mistake in the price file, and in the copy of the one before",
    {
      prices: {
        ...{ ...prices, hasUserPrices: false, keptProblem: "This is not JSON" },
        problem: { line: 3, message: "It is wrong." },
      },
    },
    "Your price file /p.json has an error in line 3: It is wrong. The copy of your prices before it cannot be used: This is not JSON. Until it is right, only the price lists of Switchboard are in use.",
  ],
  [
    "a price file that cannot be read",
    { prices: { ...prices, problem: { line: null, message: "It is no file." } } },
    "Your price file /p.json has an error: It is no file. The prices before it stay in use.",
  ],
  [
    "a ledger that is not written",
    { ledger: { ...ledger, problem: "The disk is full." } },
    "Nothing new is written to the ledger: The disk is full.",
  ],
  [
    "transcripts that are being read",
    { host: { ...host, index: { ...host.index, state: "scanning", filesDone: 3, filesTotal: 4 } } },
    "Transcripts are still being read (3 of 4): older costs are not all here yet.",
  ],
  [
    "messages that told too little",
    { history: sampleReport([], { total: sampleSum({ incompleteMessages: 1 }) }) },
    "1 message did not tell all of the tokens: the true cost is at least what is shown.",
  ],
  [
    "rows that are left out",
    { history: sampleReport([], { leftOut: 7 }) },
    "7 rows are not drawn; the totals hold them.",
  ],
  [
    "a host that does not answer",
    { failure: { code: "internal", message: "Away." } },
    "Not all costs could be loaded: Away. What is shown is as it was before.",
  ],
])("%s", (_name, change, expected) => {
  expect(costNotes({ ...allWell, ...change }).map(({ text }) => text)).toEqual([expected]);
});

test("the worst comes first, and messages without a price can be looked at", () => {
  const notes = costNotes({
    ...allWell,
    unpriced,
    ledger: { ...ledger, problem: "The disk is full." },
    failure: { code: "internal", message: "Away." },
  });
  expect(notes.map(({ id, tone, action }) => [id, tone, action])).toEqual([
    ["failure", "danger", null],
    ["ledger", "danger", null],
    ["unpriced", "warn", "showUnpriced"],
  ]);
});

test("what other days and filters hold is not spoken of", () => {
  const known = { ...prices, unknownModels: [{ model: "of last year", messages: 9 }] };
  expect(costNotes({ ...allWell, prices: known })).toEqual([]);
});
