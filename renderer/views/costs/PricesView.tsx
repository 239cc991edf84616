import type { PricesState } from "../../../shared/model/ledger.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { Button } from "../../components/Button.tsx";
import { formatCount } from "../../components/formats.ts";
import { counted } from "../../terminal/figures.ts";
import { useCosts } from "../useStores.ts";
import { priceProblemWords, sourceTitles } from "./costWords.ts";
import { priceFileExample } from "./priceFileExample.ts";

/** Where prices come from, what is wrong with the person's own, and which models have none. */
export function PricesView({ prices }: { readonly prices: PricesState }) {
  const { userFile, hasUserPrices, sources, unknownModels } = prices;
  const fault = priceProblemWords(prices);
  const openDrill = useCosts((state) => state.openDrill);
  const day = useCosts((state) => state.answers.summary?.at.slice(0, 10)) ?? "2026-01-01";
  return (
    <>
      <p className="text-xs text-dim">
        Each message is charged by the first of these lists that knows its model and its day. When a list changes, all
        messages are charged anew.
      </p>
      <table className="text-xs">
        <caption className="sr-only">Price lists, the first one counts most</caption>
        <thead className="text-left text-dim">
          <tr>
            <th scope="col" className="py-0.5 font-medium">
              List
            </th>
            <th scope="col" className="py-0.5 font-medium">
              As of
            </th>
            <th scope="col" className="py-0.5 text-right font-medium">
              Prices
            </th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ source, priceDate, entries }) => (
            <tr key={source}>
              <th scope="row" className="py-0.5 pr-2 text-left font-normal ">
                {sourceTitles[source]}
              </th>
              <td className="py-0.5">{priceDate ?? "not told"}</td>
              <td className="py-0.5 text-right">{formatCount(entries)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {fault !== null && (
        <p role="alert" className="rounded bg-warn-soft px-2 py-1 text-xs wrap-anywhere">
          Your own price file has {fault}
        </p>
      )}
      <p className="text-xs">
        {hasUserPrices ? "Your own prices stand in " : "Your own prices may stand in "}
        <span className="font-mono wrap-anywhere">{visibleText(userFile)}</span>, in dollars per million tokens. They
        are used as soon as the file is saved.
      </p>
      {unknownModels.length > 0 && (
        <div className="flex flex-col gap-1 rounded bg-warn-soft px-2 py-1 text-xs">
          <p>No list knows these models; their messages are in the tokens, not in the dollars:</p>
          <ul aria-label="Models without a price">
            {unknownModels.map(({ model, messages }) => (
              <li key={model}>
                <span className="font-mono">{visibleText(model)}</span>, {counted(messages, "message")}
              </li>
            ))}
          </ul>
          <Button size="small" className="self-start" onClick={() => openDrill({ kind: "unpriced" })}>
            Show the messages
          </Button>
        </div>
      )}
      <details className="text-xs">
        <summary className="cursor-pointer rounded">A price file to begin with</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <pre tabIndex={0} className="mt-1 overflow-x-auto rounded-md bg-sunken p-2 font-mono">
          {visibleText(priceFileExample(unknownModels[0]?.model ?? "claude-opus-5-5", day))}
        </pre>
      </details>
    </>
  );
}
