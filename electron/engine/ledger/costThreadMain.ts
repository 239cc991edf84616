/** The entry of the thread that answers from the ledger: sums over all entries would hold up the host's own. */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { EndOrder } from "../endThread.ts";
import { openLedgerToRead } from "../storage/openLedger.ts";
import { markDamaged } from "../storage/ledgerSeal.ts";
import { isDamage } from "../storage/storageFailure.ts";
import type { CostAnswers, CostNews, CostOrder, CostQuestion, CostThreadSetup } from "./costMessages.ts";
import { CostQueries } from "./costQueries.ts";

function serve({ ledgerPath, userSheet }: CostThreadSetup): void {
  const database = openLedgerToRead(ledgerPath);
  const queries = new CostQueries(database, userSheet);
  const onProblem = (error: unknown): void => {
    if (isDamage(error)) markDamaged(ledgerPath);
  };
  parentPort?.on("message", (order: CostOrder | EndOrder) => {
    if (order.kind === "end") return parentPort?.close();
    parentPort?.postMessage(answered(queries, order, onProblem), []);
  });
}

function answered(queries: CostQueries, { id, what, ask }: CostOrder, onProblem: (error: unknown) => void): CostNews {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `CostThread.ask` pairs them
    return { id, answer: queries.answer(what, ask as CostAnswers[CostQuestion]["ask"]) };
  } catch (error) {
    onProblem(error);
    return { id, problem: String(error) };
  }
}

if (!isMainThread) {
  const setup: CostThreadSetup = workerData;
  serve(setup);
}
