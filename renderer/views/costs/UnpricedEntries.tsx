import { useEffect } from "react";
import { filterParams } from "../../stores/costFilters.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useCosts, useStores } from "../useStores.ts";
import { EntryList } from "./EntryList.tsx";
import { isMissingPrice, unpricedSentence } from "./unpricedSentence.ts";

/** The messages without a price, and what can be done about them. */
export function UnpricedEntries() {
  const { costs, costDrill } = useStores();
  const filters = useCosts((state) => state.filters);
  const { prices, unpriced } = useCosts((state) => state.answers);
  const isPriceMissing = unpriced?.reasons.some(isMissingPrice) ?? false;
  useEffect(() => {
    const { summary } = costs.getState().answers;
    const timeZone = summary?.timeZone ?? "UTC";
    const moment = { now: Date.now(), timeZone };
    void costDrill.entries.getState().open({ ...filterParams(filters, moment), unpriced: true });
  }, [costs, costDrill, filters]);
  return (
    <section
      aria-label="Messages without a price"
      className="flex flex-col gap-2 rounded-lg border border-line bg-panel p-3"
    >
      {unpriced !== null && unpriced.messages > 0 && <p>{unpricedSentence(unpriced)}</p>}
      {prices !== null && isPriceMissing && (
        <p className="text-dim">
          Give the model a price in <span className="font-mono wrap-anywhere">{visibleText(prices.userFile)}</span>:
          they are priced as soon as the file is saved.
        </p>
      )}
      <EntryList detail={costDrill} label="Messages without a price" />
    </section>
  );
}
