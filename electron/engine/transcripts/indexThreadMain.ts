/**
 * The entry of the index's own thread: the only one that writes the ledger. It opens it, does what it is told, and tells
 * what came of it.
 */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import type { EngineLog } from "../engineLog.ts";
import { markDamaged } from "../storage/ledgerSeal.ts";
import { NewerDatabaseError, type OpenedDatabase } from "../storage/openDatabase.ts";
import { closeLedger, interimLedgerPath, openLedger } from "../storage/openLedger.ts";
import { isDamage } from "../storage/storageFailure.ts";
import { transcriptStore } from "../storage/transcriptStore.ts";
import type { IndexLogLine, IndexNews, IndexOrder, IndexThreadSetup } from "./indexMessages.ts";
import { IndexWork } from "./indexWork.ts";
import { LedgerOrders } from "./ledgerOrders.ts";
import { lossProblem, newerProblem, orderProblem, refusalProblem } from "./ledgerProblem.ts";
import { systemCode } from "./systemCode.ts";
import { takeInLedgers } from "./takeInLedgers.ts";

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

interface OpenedHere extends OpenedDatabase {
  /** Why it is not the ledger itself; null when it is. */
  readonly readOnly: string | null;
}

function open(): OpenedHere | null {
  try {
    const opened = openHere();
    const { notice, readOnly, database } = opened;
    tell({ kind: "opened", path: database.name, readOnly, notice });
    return opened;
  } catch (error) {
    tell({ kind: "refused", problem: refusalProblem(setup.ledgerPath, error) });
    parentPort?.close();
    return null;
  }
}

/** A newer version's ledger is left as it is; sessions are read all the same, into a file of their own. */
function openHere(): OpenedHere {
  const now = (): Date => new Date();
  try {
    return { ...openLedger(setup.ledgerPath, now), readOnly: null };
  } catch (error) {
    if (!(error instanceof NewerDatabaseError)) throw error;
    return { ...openLedger(interimLedgerPath(setup.ledgerPath), now), readOnly: newerProblem(error) };
  }
}

async function serve({ database, aside, readOnly }: OpenedHere): Promise<void> {
  let isEnding = false;
  const store = transcriptStore(database, (fields) => orders.chargeOf(fields));
  const work = new IndexWork({
    store,
    workers: setup.workers,
    prepare: () => orders.prepare(),
    onProgress: (progress) => tell({ kind: "progress", progress }),
    onChange: (sessionIds) => tell({ kind: "changed", sessionIds }),
    onFilesChanged: (paths) => tell({ kind: "filesChanged", paths }),
    onStanding: (standing) => tell({ kind: "standing", standing }),
    onLoss: (error) => {
      const isDamaged = isDamage(error);
      tell({ kind: "lost", problem: lossProblem(setup.ledgerPath, error), isDamaged });
      if (!isDamaged) return;
      isEnding = true;
      void end(work, () => {
        markDamaged(database.name);
        database.close();
      });
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
          (error: unknown) => tell({ kind: "notDone", id: order.id, problem: orderProblem(setup.ledgerPath, error) }),
        );
        break;
      case "cancel":
        work.cancel();
        break;
      case "dispose":
        isEnding = true;
        void orders.stop().then(() => end(work, () => closeLedger(database)));
    }
  });
  if (readOnly !== null) return;
  await takeInLedgers({
    ledgerPath: setup.ledgerPath,
    aside,
    store,
    writer: work.writer,
    prepare: orders.prepare,
    onNotice: (notice) => tell({ kind: "noticed", notice }),
    isEnding: () => isEnding,
    log,
  });
}

async function end(work: IndexWork, close: () => void): Promise<void> {
  await work.dispose();
  close();
  parentPort?.close();
}

if (!isMainThread) {
  const opened = open();
  if (opened !== null) void serve(opened);
}
