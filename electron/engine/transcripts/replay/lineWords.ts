/** Looks for JSON in a record's line by its bytes: in texts quotes are escaped, so what is found stands for what it says. */
import type { Buffer } from "node:buffer";

/** Whether a line holds a piece of JSON that is written without spaces, such as `"type":"user"`. */
export type Holds = (words: string) => boolean;

/** Where the first key ends, and its value begins. */
const FIRST_KEY_BYTES = 64;

/** How the CLI writes: without spaces. What other programs wrote anew has them after its colons, or everywhere. */
const COMPACT = /^[^{]*\{"[^"\\]*":(?!\s)/u;

/**
 * For a line with spaces the key and the value are looked for each by itself: that lets some lines through that do not hold
 * the two together, and none out that does.
 */
export function holdsIn(bytes: Buffer): Holds {
  if (COMPACT.test(bytes.toString("latin1", 0, FIRST_KEY_BYTES))) return (words) => bytes.includes(words);
  return (words) => words.split(":").every((part) => bytes.includes(part));
}
