/** The entry of a scanning worker: reads the files that it is told, one after the other, and tells what is in them. */
import { parentPort } from "node:worker_threads";
import { packCopies } from "./packCopies.ts";
import type { ScanAnswer, ScanOrder } from "./scanPool.ts";
import { TranscriptScanner } from "./scanTranscript.ts";
import { systemCode } from "./systemCode.ts";

const scanner = new TranscriptScanner();

parentPort?.on("message", ({ orderId, task }: ScanOrder) => {
  try {
    scanner.scan(task, ({ copies, ...part }) => {
      const packed = packCopies(copies);
      answer({ orderId, part, packed, errorCode: null }, [packed.numbers.buffer]);
    });
  } catch (error) {
    answer({ orderId, part: null, packed: null, errorCode: systemCode(error) }, []);
  }
});

function answer(message: ScanAnswer, handedOver: readonly ArrayBuffer[]): void {
  parentPort?.postMessage(message, handedOver);
}
