import type { CostSum } from "../../../shared/model/cost.ts";
import { ShareBar } from "../../charts/ShareBar.tsx";
import { formatTokens } from "../../components/formats.ts";
import { cacheFigures, tokenKinds } from "./cacheFigures.ts";
import { ChartPanel } from "./ChartPanel.tsx";
import { type ChartTable, numberColumn, textColumn } from "./chartTable.ts";
import { formatCost, formatShare, tokenTotal } from "./costFormats.ts";

interface KindRow {
  readonly label: string;
  readonly tokens: number;
  readonly share: number;
}

/** What caching saved, and of which kinds the tokens were. */
export function CachePanel({ total }: { readonly total: CostSum }) {
  const { savedUsd, withoutUsd, savedShare, hitShare } = cacheFigures(total);
  const all = tokenTotal(total.tokens);
  const rows: readonly KindRow[] = tokenKinds.map(([kind, label]) => ({
    label,
    tokens: total.tokens[kind],
    share: all === 0 ? 0 : total.tokens[kind] / all,
  }));
  return (
    <ChartPanel
      title="Caching"
      note={`${formatTokens(all)} tokens`}
      table={tableOf(rows)}
      keyOf={({ label }) => label}
      isTable
    >
      <div>
        <p className="text-xl leading-7 font-semibold">
          {formatCost(savedUsd)} <span className="text-[13px] font-normal">saved</span>
        </p>
        <p className="text-xs text-dim">
          {savedShare === null
            ? "Nothing was sent to a model."
            : `${formatShare(savedShare)} of the ${formatCost(withoutUsd)} that it would have cost without reading from the cache.`}
          {hitShare !== null && ` ${formatShare(hitShare)} of what was sent came from the cache.`}
        </p>
      </div>
      <table className="w-full text-xs">
        <caption className="sr-only">Tokens by kind</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Share of all</th>
            <th scope="col">Tokens</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, tokens, share }) => (
            <tr key={label}>
              <th scope="row" className="py-1 pr-2 text-left font-normal whitespace-nowrap">
                {label}
              </th>
              <td className="w-full min-w-12 py-1">
                <ShareBar share={share} />
                <span className="sr-only">{formatShare(share)}</span>
              </td>
              <td className="py-1 pl-2 text-right">{formatTokens(tokens)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ChartPanel>
  );
}

function tableOf(rows: readonly KindRow[]): ChartTable<KindRow> {
  return {
    caption: "Tokens by kind",
    fileName: "tokens-by-kind",
    columns: [
      textColumn("Kind", ({ label }) => label),
      numberColumn("Tokens", ({ tokens }) => tokens, formatTokens),
      numberColumn("Share", ({ share }) => share, formatShare),
    ],
    rows,
  };
}
