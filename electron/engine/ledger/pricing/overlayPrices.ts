/** The prices that ship with the app, on top of `genai-prices`: what that lacks, measured on the CLI's own totals. */
import overlay from "../../../../resources/prices/overlay.json" with { type: "json" };
import type { PriceSheet } from "./price.ts";
import { priceSheetSchema, toPriceSheet } from "./priceSheetSchema.ts";

export function overlaySheet(): PriceSheet {
  return toPriceSheet("overlay", priceSheetSchema.parse(overlay));
}
