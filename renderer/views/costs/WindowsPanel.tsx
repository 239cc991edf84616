import type { CostWindow } from "../../../shared/model/cost.ts";
import { ShareBar } from "../../charts/ShareBar.tsx";
import { formatTokens } from "../../components/formats.ts";
import { useNow } from "../../components/useNow.ts";
import { isNarrowed } from "../../stores/costFilters.ts";
import { useCosts } from "../useStores.ts";
import { ChartPanel } from "./ChartPanel.tsx";
import { type ChartTable, numberColumn, textColumn } from "./chartTable.ts";
import { formatCost, formatMoment, formatSpan, formatTime, isUnpriced, NOT_PRICED } from "./costFormats.ts";

/** The five-hour windows that rate limits count in, the running one first and in full. */
export function WindowsPanel({ windows }: { readonly windows: readonly CostWindow[] }) {
  const most = windows.reduce((max, { costUsd }) => Math.max(max, costUsd), 0);
  const isFiltered = useCosts((state) => isNarrowed(state.filters));
  const active = windows.find(({ isActive }) => isActive);
  return (
    <ChartPanel
      title="Five-hour windows"
      note="as rate limits count"
      table={tableOf(windows)}
      keyOf={({ from }) => from}
      isTable
    >
      <p className="text-xs text-dim">
        A window is five hours from the full hour of its first message, of any session. Counted{" "}
        {isFiltered ? "is what the filters leave of" : "are"} all messages in it and what the CLI charged beyond
        messages, whatever days are chosen above.
      </p>
      {active === undefined ? <p className="text-xs text-dim">No window is running.</p> : <Active window={active} />}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
      <div role="region" aria-label="Windows" tabIndex={0} className="max-h-44 overflow-y-auto">
        <table className="w-full text-xs">
          <caption className="sr-only">Five-hour windows, the newest first</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">From</th>
              <th scope="col">Against the dearest</th>
              <th scope="col">Cost</th>
            </tr>
          </thead>
          <tbody>
            {windows.map((window) => (
              <WindowRow key={window.from} window={window} most={most} />
            ))}
          </tbody>
        </table>
      </div>
    </ChartPanel>
  );
}

function WindowRow({ window, most }: { readonly window: CostWindow; readonly most: number }) {
  const { from, to, costUsd, isActive } = window;
  return (
    <tr data-active={isActive ? "" : undefined} className="data-active:font-semibold">
      <th scope="row" className="py-0.5 pr-2 text-left font-normal whitespace-nowrap in-data-active:font-semibold">
        {formatMoment(from)}–{formatTime(to)}
      </th>
      <td className="w-full min-w-10 py-0.5">
        <ShareBar share={most === 0 ? 0 : costUsd / most} color={isActive ? "var(--series-2)" : "var(--series-1)"} />
      </td>
      <td className="py-0.5 pl-2 text-right whitespace-nowrap">{windowText(window)}</td>
    </tr>
  );
}

/** What was spent in a window; null when nothing in it has a price, which is no cost of zero. */
function windowUsd({ costUsd, messages, unpricedMessages }: CostWindow): number | null {
  return isUnpriced({ messages, unpricedMessages, unattributedUsd: costUsd }) ? null : costUsd;
}

function windowText(window: CostWindow): string {
  const usd = windowUsd(window);
  return usd === null ? NOT_PRICED : formatCost(usd);
}

function Active({ window }: { readonly window: CostWindow }) {
  const now = useNow();
  const { from, to, projectedUsd, tokens } = window;
  const leftMs = Math.max(0, Date.parse(to) - now);
  const share = (now - Date.parse(from)) / (Date.parse(to) - Date.parse(from));
  return (
    <div>
      <p className="text-xl leading-7 font-semibold">{windowText(window)}</p>
      <p className="mb-1 text-xs text-dim">
        since {formatTime(from)}, {formatTokens(tokens)} tokens; {formatSpan(leftMs)} left until {formatTime(to)}
        {projectedUsd !== null && windowUsd(window) !== null && `, ${formatCost(projectedUsd)} at this rate`}
      </p>
      <ShareBar share={share} color="var(--series-2)" />
      <span className="sr-only">{Math.round(share * 100)} percent of the window are over.</span>
    </div>
  );
}

function tableOf(windows: readonly CostWindow[]): ChartTable<CostWindow> {
  return {
    caption: "Five-hour windows, the newest first",
    fileName: "five-hour-windows",
    columns: [
      textColumn(
        "From",
        ({ from }) => formatMoment(from),
        ({ from }) => from,
      ),
      textColumn(
        "To",
        ({ to }) => formatMoment(to),
        ({ to }) => to,
      ),
      { ...numberColumn("USD", windowUsd, formatCost), text: windowText },
      numberColumn("Tokens", ({ tokens }) => tokens, formatTokens),
      numberColumn("Messages", ({ messages }) => messages, String),
      numberColumn("Messages without a price", ({ unpricedMessages }) => unpricedMessages, String),
    ],
    rows: windows,
  };
}
