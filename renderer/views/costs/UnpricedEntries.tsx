import { useEffect } from "react";
import { filterParams } from "../../stores/costFilters.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useCosts, useStores } from "../useStores.ts";
import { EntryList } from "./EntryList.tsx";

/** The messages without a price, and what can be done about them. */
export function UnpricedEntries() {
  const { costs, costDrill } = useStores();
  const filters = useCosts((state) => state.filters);
  const prices = useCosts((state) => state.answers.prices);
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
      <h3 className="font-semibold">Messages without a price</h3>
      {prices !== null && (
        <p className="text-dim">
          Give the model a price in <span className="font-mono wrap-anywhere">{visibleText(prices.userFile)}</span>:
          they are priced as soon as the file is saved.
        </p>
      )}
      <EntryList detail={costDrill} label="Messages without a price" />
    </section>
  );
}
