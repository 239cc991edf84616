import type { CostSum } from "../../../shared/model/cost.ts";
import type { ChartColumn } from "../../charts/chartData.ts";
import { counted } from "../../terminal/figures.ts";
import { isUnpriced, NOT_PRICED } from "./costFormats.ts";

/** What the dollars of a column do not hold, and whether there are any; tokens hold every message. */
export function lackWords(
  sum: CostSum | undefined,
  unit: "usd" | "tokens",
): Required<Pick<ChartColumn, "lacks" | "unknown">> {
  const count = unit === "usd" ? (sum?.unpricedMessages ?? 0) : 0;
  if (sum === undefined || count === 0) return { lacks: null, unknown: null };
  return { lacks: `${counted(count, "message")} without a price`, unknown: isUnpriced(sum) ? NOT_PRICED : null };
}
