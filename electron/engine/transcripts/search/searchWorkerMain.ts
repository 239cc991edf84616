/** The entry of both worker threads of search: one builds the database, one answers questions from it. */
import { parentPort, workerData } from "node:worker_threads";
import type { EndOrder } from "../../endThread.ts";
import { lowerPriority } from "./lowerPriority.ts";
import { refusalOf, SearchAsker } from "./searchAsker.ts";
import { SearchBuilder } from "./searchBuilder.ts";
import { buildProblem, isDamage } from "./searchDatabase.ts";
import type { AskOrder, AskReport, BuildOrder, BuildReport, SearchWorkerRole } from "./workerMessages.ts";

const { role, path }: SearchWorkerRole = workerData;
if (role === "build") build();
else answer();

function build(): void {
  const report = (message: BuildReport): void => parentPort?.postMessage(message, []);
  try {
    const builder = new SearchBuilder({ path, isLowPriority: lowerPriority(), report });
    parentPort?.on("message", (order: BuildOrder) => {
      void builder.take(order);
      // Nothing else is waited for: the thread ends when its work has.
      if (order.kind === "end") parentPort?.close();
    });
  } catch (error) {
    const message = buildProblem(path, error);
    report({ kind: "failed", isDamaged: isDamage(error), message });
    parentPort?.close();
  }
}

function answer(): void {
  let asker: SearchAsker | null = null;
  parentPort?.on("message", (order: AskOrder | EndOrder) => {
    if (order.kind === "end") return parentPort?.close();
    let report: AskReport;
    try {
      asker ??= new SearchAsker(path);
      report = asker.take(order);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      report = { kind: "refused", id: order.id, reason: refusalOf(error), message };
    }
    parentPort?.postMessage(report, []);
  });
}
