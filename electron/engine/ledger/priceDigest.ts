import { createHash } from "node:crypto";
import overlay from "../../../resources/prices/overlay.json" with { type: "json" };
import { genaiRelease } from "./pricing/genaiRelease.ts";
import type { PriceSheet } from "./pricing/price.ts";

/** To be changed with the arithmetic: entries are then priced anew although no price changed. */
const ARITHMETIC = 2;

/**
 * Equal for equal prices: entries that were priced by the same digest need not be looked at. Made of what stands for the
 * price lists, so that none of them is loaded to find out that nothing changed.
 */
export function priceDigest(userSheet: PriceSheet | null): string {
  const all = JSON.stringify([ARITHMETIC, userSheet, overlay, genaiRelease]);
  return createHash("sha256").update(all).digest("hex").slice(0, 16);
}
