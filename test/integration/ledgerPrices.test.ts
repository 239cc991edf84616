/** The user's own price file, from the disk to what a client is told: taken over, mistaken, repaired, removed. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLedgerStage, type LedgerStage, until } from "../support/ledger/ledgerStage.ts";

const LIST = { input: 4, output: 20, cacheRead: 0.2, cacheWrite5m: 5, cacheWrite1h: 8 };
const LIST_USD = 0.006;

let stage: LedgerStage;
let sessionId: string;
beforeAll(async () => {
  stage = await createLedgerStage();
  sessionId = await stage.start();
  await stage.say(sessionId, "USAGE input=1000 output=100");
});
afterAll(async () => {
  await stage.dispose();
});

const priceFile = (): string => join(stage.test.dataDir, "prices.json");

function priced(factor: number): string {
  const rates = Object.fromEntries(Object.entries(LIST).map(([kind, usd]) => [kind, usd * factor]));
  return JSON.stringify({ asOf: "2026-11-20", prices: [{ models: ["claude-opus-5-5"], rates }] });
}

/** Once the message costs that, and the file has that problem. */
async function told(costUsd: number, problemLine: number | null): Promise<readonly unknown[]> {
  await until(
    () => stage.test.ask("prices.get", {}),
    ({ problem }) => (problem?.line ?? null) === problemLine,
  );
  const { total, reconciliation } = await until(
    () => stage.test.ask("costs.session", { sessionId }),
    // The CLI's total comes a moment after the message.
    (cost) => cost.total.costUsd === costUsd && cost.reconciliation.cliTotalUsd !== null,
  );
  const [entry] = await stage.entries(sessionId);
  // What lists and headers show follows without anything being said in the session.
  await until(
    () => stage.test.ask("sessions.get", { sessionId }),
    (summary) => summary.costUsd === costUsd,
  );
  return [
    total.costUsd,
    total.unattributedUsd,
    reconciliation.messagesUsd,
    reconciliation.reason,
    entry?.price?.source,
  ];
}

it("each change prices what is there anew, a mistake is named by its line and changes nothing, not at a restart either", async () => {
  const ofList = [LIST_USD, 0, LIST_USD, null, "overlay"];
  // The CLI knows nothing of the user's prices: it is compared by the list's.
  const doubled = [0.012, 0, LIST_USD, null, "user"];
  expect(await told(LIST_USD, null)).toEqual(ofList);
  await writeFile(priceFile(), priced(2));
  expect(await told(0.012, null)).toEqual(doubled);
  await writeFile(priceFile(), '{\n"asOf": "2026-11-20",\n"prices": 3 }');
  expect(await told(0.012, 3)).toEqual(doubled);
  await writeFile(priceFile(), priced(4));
  expect(await told(0.024, null)).toEqual([0.024, 0, LIST_USD, null, "user"]);
  await writeFile(priceFile(), '{\n"asOf": "2026-11-20",\n"prices": 3 }');
  await stage.test.restart();
  expect(await stage.test.ask("prices.get", {})).toMatchObject({ hasUserPrices: true, keptProblem: null });
  expect(await told(0.024, 3)).toEqual([0.024, 0, LIST_USD, null, "user"]);
  await rm(priceFile());
  expect(await told(LIST_USD, null)).toEqual(ofList);
});
