import { readFile, stat } from "node:fs/promises";
import type { PriceSheet } from "./price.ts";
import { type PriceProblem, readPriceSheet } from "./readPriceSheet.ts";

/** What stands in a price file. */
export type FoundPrices =
  | { readonly kind: "missing" }
  | { readonly kind: "sheet"; readonly text: string; readonly sheet: PriceSheet }
  | { readonly kind: "problem"; readonly problem: PriceProblem };

/** A list of every model in the world is far smaller. */
const MAX_FILE_BYTES = 1024 * 1024;

/** A file of the user's own prices. Never rejects: a missing file is none, one that cannot be read is a problem. */
export async function readPriceFile(path: string): Promise<FoundPrices> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return wholeFile("This is not a file.");
    if (found.size > MAX_FILE_BYTES) return wholeFile("The file is larger than 1 MiB.");
    const text = await readFile(path, "utf8");
    const reading = readPriceSheet("user", text);
    return reading.kind === "problem" ? reading : { kind: "sheet", text, sheet: reading.sheet };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return { kind: "missing" };
    return wholeFile(`The file cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function wholeFile(message: string): FoundPrices {
  return { kind: "problem", problem: { line: null, message } };
}
