import { setFlagsFromString } from "node:v8";

/**
 * Whether V8 may put new objects among the old ones at once, where it thinks that they will live. It thinks so of rows that
 * are being written, all of which are garbage a moment later, and then looks for them there again and again: 6 % of a
 * first index. For all threads of the process. Off for as long as that lasts only: a thread that starts under other flags
 * than Node was built with compiles Node's own modules, which takes 20 ms.
 */
export function allowPretenuring(isAllowed: boolean): void {
  setFlagsFromString(isAllowed ? "--allocation-site-pretenuring" : "--no-allocation-site-pretenuring");
}
