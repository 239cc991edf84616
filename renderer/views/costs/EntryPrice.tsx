import type { CostEntry } from "../../../shared/model/cost.ts";
import { formatCount } from "../../components/formats.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { formatExactCost } from "./costFormats.ts";
import { entrySourceWords, kindWords, multiplierWords, remarkWords, sourceWords, unpricedWords } from "./costWords.ts";
import { PlaceButton } from "./PlaceButton.tsx";

/** How the cost of one message comes about: every kind times its rate, the multipliers, where the price is from. */
export function EntryPrice({ entry }: { readonly entry: CostEntry }) {
  const { price, unpricedReason, remarks, place, source } = entry;
  return (
    <div className="flex flex-col gap-2 rounded-md bg-sunken px-3 py-2 text-xs">
      {price === null ? (
        <>
          <p>{unpricedReason === null ? "It has no price." : unpricedWords[unpricedReason]}</p>
          <ToldTokens entry={entry} />
        </>
      ) : (
        <PriceTable entry={entry} price={price} />
      )}
      {remarks.map((remark) => (
        <p key={remark} className="rounded bg-warn-soft px-1.5 py-0.5">
          {remarkWords[remark]}
        </p>
      ))}
      <p className="wrap-anywhere text-dim">
        Message {visibleText(entry.messageId)}, {entrySourceWords[source]}
        {place !== null && `: ${visibleText(place.path)}, byte ${formatCount(place.offset)}`}
        {entry.requestId !== null && `; request ${visibleText(entry.requestId)}`}
      </p>
      <span className="empty:hidden">
        <PlaceButton sessionId={entry.sessionId} seq={entry.seq} />
      </span>
    </div>
  );
}

type Price = NonNullable<CostEntry["price"]>;

function PriceTable({ entry, price }: { readonly entry: CostEntry; readonly price: Price }) {
  const { parts, multipliers, source, priceDate, tierAbovePromptTokens, priceId } = price;
  // What was not used says nothing; a message without any use shows all kinds.
  const charged = parts.filter(({ count }) => count > 0);
  const used = charged.length === 0 ? parts : charged;
  const factors = multipliers.map(({ kind, value }) => ` × ${value} ${multiplierWords[kind]}`).join("");
  return (
    <>
      <table className="w-full max-w-2xl">
        <caption className="sr-only">How the cost comes about</caption>
        <thead className="text-left text-dim">
          <tr>
            <th scope="col" className="py-0.5 font-medium">
              Kind
            </th>
            <th scope="col" className="py-0.5 text-right font-medium">
              Count
            </th>
            <th scope="col" className="py-0.5 pl-3 text-left font-medium">
              Price
            </th>
            <th scope="col" className="py-0.5 text-right font-medium">
              Amount
            </th>
          </tr>
        </thead>
        <tbody>
          {used.map(({ kind, count, usdPer, costUsd }) => (
            <tr key={kind}>
              <th scope="row" className="py-0.5 pr-2 text-left font-normal">
                {kindWords[kind]}
              </th>
              <td className="py-0.5 text-right">{formatCount(count)}</td>
              <td className="py-0.5 pl-3 text-dim">
                × {formatExactCost(usdPer)} {kind === "webSearch" ? "per thousand" : `per million${factors}`}
              </td>
              <td className="py-0.5 pl-2 text-right">{formatExactCost(costUsd)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="font-semibold">
            <th scope="row" colSpan={3} className="border-t border-line-strong/60 py-0.5 text-left">
              Together
            </th>
            <td className="border-t border-line-strong/60 py-0.5 text-right">
              {formatExactCost(parts.reduce((total, { costUsd }) => total + costUsd, 0))}
            </td>
          </tr>
        </tfoot>
      </table>
      <p className="text-dim">
        Prices of <span className="font-mono">{visibleText(entry.model ?? "the model")}</span> from{" "}
        {sourceWords[source]}, as of {priceDate}
        {tierAbovePromptTokens !== null && `, for prompts of more than ${formatCount(tierAbovePromptTokens)} tokens`}
        {multipliers.map(
          ({ kind, value, source: from }) => `; ${multiplierWords[kind]} × ${value} by ${sourceWords[from]}`,
        )}{" "}
        (<span className="font-mono">{visibleText(priceId)}</span>).
      </p>
    </>
  );
}

function ToldTokens({ entry: { tokens, webSearches } }: { readonly entry: CostEntry }) {
  const told = (["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const).map(
    (kind) => `${kindWords[kind]}: ${tokens[kind] === null ? "not told" : formatCount(tokens[kind])}`,
  );
  const searches =
    webSearches === null || webSearches === 0 ? [] : [`${kindWords.webSearch}: ${formatCount(webSearches)}`];
  return <p>{[...told, ...searches].join(", ")}</p>;
}
