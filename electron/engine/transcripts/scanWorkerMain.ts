/** The entry of a scanning worker: reads the files that it is told, one after the other, and tells what is in them. */
import { isMainThread, parentPort, workerData } from "node:worker_threads";
import { packCopies } from "./packCopies.ts";
import { type ScanAnswer, type ScanWorkerOrder, type ScanWorkerSetup, STOPPED } from "./scanOrders.ts";
import { type ScanPart, TranscriptScanner } from "./scanTranscript.ts";
import { systemCode } from "./systemCode.ts";

function serve({ stoppedUpTo: shared }: ScanWorkerSetup): void {
  const scanner = new TranscriptScanner();
  const stoppedUpTo = new Int32Array(shared);
  parentPort?.on("message", (order: ScanWorkerOrder) => {
    if (order.kind === "end") return parentPort?.close();
    const { orderId, task, canStop } = order;
    const isStopped = (): boolean => canStop && Atomics.load(stoppedUpTo, 0) >= orderId;
    const onPart = ({ copies, ...part }: ScanPart): void => {
      const packed = packCopies(copies);
      answer({ orderId, part, packed, errorCode: null }, [packed.numbers.buffer]);
    };
    try {
      const isWhole = !isStopped() && scanner.scan(task, onPart, isStopped);
      if (!isWhole) answer({ orderId, part: null, packed: null, errorCode: STOPPED }, []);
    } catch (error) {
      answer({ orderId, part: null, packed: null, errorCode: systemCode(error) }, []);
    }
  });
}

function answer(message: ScanAnswer, handedOver: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, handedOver);
}

if (!isMainThread) {
  const setup: ScanWorkerSetup = workerData;
  serve(setup);
}
