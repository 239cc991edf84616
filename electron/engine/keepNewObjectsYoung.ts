import { setFlagsFromString } from "node:v8";

/**
 * From now on V8 puts no new object among the old ones at once. It does so where it thinks that they will live, and thinks
 * it of rows that are written to the ledger or summed up, all of which are garbage a moment later: then it looks for them
 * there again and again, which took 6 % of a first index, and held up one of thirty cost reports for 10 ms.
 *
 * For all threads of the process, and for good: what does live is moved among the old ones soon enough. Not a flag that Node
 * is started with, and called when the first threads run: under other flags than Node was built with, a thread that starts
 * compiles Node's own modules, which takes it some 10 ms.
 */
export function keepNewObjectsYoung(): void {
  setFlagsFromString("--no-allocation-site-pretenuring");
}
