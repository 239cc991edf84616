/**
 * The entry of the index's own thread: the only one that writes the ledger. It opens it, does what it is told, and tells
 * what came of it.
 */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { EngineLog } from "../engineLog.ts";
import { isDamage, type OpenedDatabase } from "../storage/openDatabase.ts";
import { openLedger } from "../storage/openLedger.ts";
import { transcriptStore } from "../storage/transcriptStore.ts";
import type { IndexLogLine, IndexNews, IndexOrder, IndexThreadSetup } from "./indexMessages.ts";
import { IndexWork } from "./indexWork.ts";
import { lossProblem, refusalProblem } from "./ledgerProblem.ts";
import { systemCode } from "./systemCode.ts";

const setup: IndexThreadSetup = workerData;

function tell(news: IndexNews): void {
  parentPort?.postMessage(news, []);
}

function logger(level: IndexLogLine["level"]): EngineLog["info"] {
  return (detail, message) => {
    const plain = Object.entries(detail).map(([name, value]) => [
      name,
      value instanceof Error ? { message: value.message, code: systemCode(value), stack: value.stack } : value,
    ]);
    tell({ kind: "log", level, detail: Object.fromEntries(plain), message });
  };
}

const log: EngineLog = { info: logger("info"), warn: logger("warn"), error: logger("error") };

function open(): OpenedDatabase | null {
  try {
    const opened = openLedger(setup.ledgerPath, () => new Date());
    tell({ kind: "opened", notice: opened.notice });
    return opened;
  } catch (error) {
    tell({ kind: "refused", problem: refusalProblem(setup.ledgerPath, error) });
    parentPort?.close();
    return null;
  }
}

async function serve({ database }: OpenedDatabase): Promise<void> {
  // Loaded when the ledger is open and the host goes on: price lists take longer to load than all else here.
  const { LedgerOrders } = await import("./ledgerOrders.ts");
  const store = transcriptStore(database, (fields) => orders.chargeOf(fields));
  const work = new IndexWork({
    store,
    workers: setup.workers,
    onProgress: (progress) => tell({ kind: "progress", progress }),
    onChange: (sessionIds) => tell({ kind: "changed", sessionIds }),
    onFilesChanged: (paths) => tell({ kind: "filesChanged", paths }),
    onLoss: (error) => {
      const isDamaged = isDamage(error);
      tell({ kind: "lost", problem: lossProblem(setup.ledgerPath, error), isDamaged });
      if (isDamaged) void end(work, database);
    },
    log,
  });
  const orders = new LedgerOrders({ database, store, writer: work.writer, log });
  parentPort?.on("message", (order: IndexOrder) => {
    switch (order.kind) {
      case "scan":
        void work.scan(order.roots).then((outcome) => tell({ kind: "ended", id: order.id, end: outcome }));
        break;
      case "watch":
        void work.watch(order.roots).then(() => tell({ kind: "ended", id: order.id, end: "done" }));
        break;
      case "ask":
        orders.do(order.ask).then(
          (answer) => tell({ kind: "answered", id: order.id, answer }),
          (error: unknown) => tell({ kind: "notDone", id: order.id, problem: String(error) }),
        );
        break;
      case "cancel":
        work.cancel();
        break;
      case "dispose":
        orders.stop();
        void end(work, database);
    }
  });
}

async function end(work: IndexWork, database: OpenedDatabase["database"]): Promise<void> {
  await work.dispose();
  database.close();
  parentPort?.close();
}

if (!isMainThread) {
  const opened = open();
  if (opened !== null) void serve(opened);
}
