import { X } from "lucide-react";
import { type CostSummary, NO_LABEL, type TopRow } from "../../../shared/model/cost.ts";
import { ShareBar } from "../../charts/ShareBar.tsx";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { formatCount, formatTokens } from "../../components/formats.ts";
import { dayOf } from "../../stores/costCalendar.ts";
import { daysUpTo, UNLABELLED } from "../../stores/costFilters.ts";
import type { TopWhat } from "../../stores/costsStore.ts";
import { projectName } from "../../stores/sessionList.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useCosts, useSessions, useStores } from "../useStores.ts";
import { ChartPanel } from "./ChartPanel.tsx";
import { type ChartTable, numberColumn, textColumn } from "./chartTable.ts";
import {
  formatCost,
  formatMoment,
  isUnpriced,
  NOT_PRICED,
  spanPartWords,
  spanTitle,
  tokenTotal,
  wholeCost,
} from "./costFormats.ts";
import { NO_LABEL_WORDS, topWords } from "./costWords.ts";
import { Segments } from "./Segments.tsx";

const lists: readonly TopWhat[] = ["sessions", "projects", "labels", "models", "turns", "tools"];

/** The dearest sessions, projects, labels, models, turns or tools; a row leads to what it stands for. */
export function TopPanel({ summary }: { readonly summary: CostSummary }) {
  const what = useCosts((state) => state.topWhat);
  const hasLabels = useCosts((state) => state.answers.labels?.length ?? 0) > 0;
  const offered = lists.filter((list) => list !== "labels" || hasLabels || what === "labels");
  const options = offered.map((list) => [list, topWords[list]] as const);
  const setTopWhat = useCosts((state) => state.setTopWhat);
  const top = useCosts((state) => state.answers.top);
  // While another list is on its way, the one before stays.
  const shown = top?.what ?? what;
  const rows = top?.rows ?? null;
  return (
    <ChartPanel
      title="The dearest"
      note={<ChosenSpan at={summary.at} timeZone={summary.timeZone} />}
      controls={<Segments label="The dearest" value={what} options={options} onValue={setTopWhat} />}
      table={rows === null ? null : tableOf(shown, rows)}
      keyOf={({ key }) => key}
      isTable
    >
      {rows === null && <p className="text-xs text-dim">Adding up…</p>}
      {rows?.length === 0 && <p className="text-xs text-dim">{emptyWords(shown)}</p>}
      {rows !== null && rows.length > 0 && <Rows what={shown} rows={rows} />}
      {shown === "tools" && (
        <p className="text-xs text-dim">
          The cost of the messages that called the tool. A message that called two counts for each by its share.
        </p>
      )}
    </ChartPanel>
  );
}

function emptyWords(what: TopWhat): string {
  return what === "tools" ? "No message of these days called a tool." : "Nothing was used in these days.";
}

function ChosenSpan({ at, timeZone }: Pick<CostSummary, "at" | "timeZone">) {
  const chosen = useCosts((state) => state.chosenSpan);
  const groupBy = useCosts((state) => state.view.groupBy);
  const filters = useCosts((state) => state.filters);
  const chooseSpan = useCosts((state) => state.chooseSpan);
  if (chosen === null) return "of all days shown; click a column for its own";
  const today = dayOf(Date.parse(at), timeZone);
  const part = spanPartWords(chosen, groupBy, daysUpTo(filters, today), today);
  return (
    <span className="inline-flex items-center gap-1">
      of {spanTitle(chosen, groupBy)}
      {part !== null && `, ${part}`}
      <Button
        look="quiet"
        size="small"
        className="h-5 px-1"
        aria-label="Of all days again"
        onClick={() => chooseSpan(null)}
      >
        <X aria-hidden className="size-3.5" />
      </Button>
    </span>
  );
}

function Rows({ what, rows }: { readonly what: TopWhat; readonly rows: readonly TopRow[] }) {
  const most = rows.reduce((max, row) => Math.max(max, wholeCost(row)), 0);
  return (
    <table className="w-full table-fixed text-xs">
      <caption className="sr-only">The dearest {topWords[what].toLowerCase()}</caption>
      <thead className="text-left text-dim">
        <tr>
          <th scope="col" className="py-1 font-medium">
            {topWords[what].slice(0, -1)}
          </th>
          <th scope="col" className="w-[26%] py-1 font-medium max-sm:hidden">
            <span className="sr-only">Against the dearest</span>
          </th>
          <th scope="col" className="w-20 py-1 text-right font-medium">
            Cost
          </th>
          <th scope="col" className="w-20 py-1 text-right font-medium">
            Tokens
          </th>
          <th scope="col" className="w-20 py-1 text-right font-medium max-sm:hidden">
            Messages
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="hover:bg-sunken">
            <th scope="row" className="py-1 pr-2 text-left font-normal">
              <RowName what={what} row={row} />
            </th>
            <td className="py-1 max-sm:hidden">
              <ShareBar share={most === 0 ? 0 : wholeCost(row) / most} />
            </td>
            <td className="py-1 text-right font-medium">
              <RowCost row={row} />
            </td>
            <td className="py-1 text-right text-dim">{formatTokens(tokenTotal(row.tokens))}</td>
            <td className="py-1 text-right text-dim max-sm:hidden">{formatCount(row.messages)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Nothing priced is no cost of zero. */
function RowCost({ row }: { readonly row: TopRow }) {
  if (isUnpriced(row)) return <span className="font-normal">{NOT_PRICED}</span>;
  const partly = row.unpricedMessages > 0 ? `, and ${row.unpricedMessages} messages without a price` : "";
  return <span title={`${formatCost(row.costUsd)} by messages${partly}`}>{formatCost(wholeCost(row))}</span>;
}

/** One line where there is room for most of a name, else two. */
const nameClass = "max-sm:line-clamp-2 sm:block sm:truncate";

function RowName({ what, row }: { readonly what: TopWhat; readonly row: TopRow }) {
  const { costs } = useStores();
  const { openDrill, setFilters } = costs.getState();
  // A session that the host has no title for may have one here.
  const title = useSessions((state) => (row.sessionId === null ? undefined : state.byId[row.sessionId]?.title));
  const named = row.label === row.key ? (title ?? row.label) : row.label;
  const label = what === "labels" && row.key === NO_LABEL ? NO_LABEL_WORDS : nameWords(what, named);
  const words = what === "turns" && row.at !== null ? `${formatMoment(row.at)}: ${label}` : label;
  const { sessionId } = row;
  const open = ((): (() => void) | null => {
    const turnKey = what === "turns" ? row.key : null;
    if (sessionId !== null) return () => openDrill({ kind: "session", sessionId, turnKey });
    if (what === "projects") return () => setFilters({ project: row.key });
    if (what === "labels") return () => setFilters({ label: row.key === NO_LABEL ? UNLABELLED : row.key });
    return what === "models" ? () => setFilters({ model: row.key }) : null;
  })();
  if (open === null) return <span className={nameClass}>{words}</span>;
  return (
    <button
      type="button"
      title={visibleText(row.label)}
      onClick={open}
      className={cn(nameClass, "max-w-full rounded text-left text-accent hover:underline")}
    >
      {words}
    </button>
  );
}

function nameWords(what: TopWhat, name: string): string {
  return visibleText(what === "projects" ? projectName(name) : name);
}

function tableOf(what: TopWhat, rows: readonly TopRow[]): ChartTable<TopRow> {
  return {
    caption: `The dearest ${topWords[what].toLowerCase()}`,
    fileName: `dearest-${what}`,
    columns: [
      textColumn(topWords[what].slice(0, -1), ({ label }) => label),
      textColumn("Key", ({ key }) => key),
      numberColumn("USD", wholeCost, formatCost),
      numberColumn("Saved by caching, USD", ({ savedUsd }) => savedUsd, formatCost),
      numberColumn("Tokens", ({ tokens }) => tokenTotal(tokens), formatTokens),
      numberColumn("Messages", ({ messages }) => messages, formatCount),
      numberColumn("Messages without a price", ({ unpricedMessages }) => unpricedMessages, formatCount),
    ],
    rows,
  };
}
