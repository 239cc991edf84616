import { ChartColumn, Download, Table2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import type { ChartTable } from "./chartTable.ts";
import { DataTable } from "./DataTable.tsx";
import { saveCsv } from "./saveCsv.ts";

/** The height that a table takes at most, in pixels: about that of the chart it stands for. */
const TABLE_PX = 320;

/** A framed chart with the table behind it: one button shows it, the other hands it out as CSV. */
export function ChartPanel<Row>(props: {
  readonly title: string;
  readonly note?: ReactNode;
  readonly controls?: ReactNode;
  readonly table: ChartTable<Row> | null;
  readonly keyOf: (row: Row) => string;
  /** The panel is a table already: there is nothing to switch to. */
  readonly isTable?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const { title, note, controls, table, keyOf, isTable = false, className, children } = props;
  const [showsTable, setShowsTable] = useState(false);
  const titleId = useId();
  const Icon = showsTable ? ChartColumn : Table2;
  return (
    <section
      aria-labelledby={titleId}
      className={cn("flex min-w-0 flex-col gap-2 rounded-lg border border-line bg-panel p-3", className)}
    >
      <header className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1.5">
        <div className="flex min-w-0 flex-1 basis-40 flex-wrap items-baseline gap-x-2">
          <h3 id={titleId} className="font-semibold">
            {title}
          </h3>
          {note !== undefined && <span className="min-w-0 text-xs text-dim">{note}</span>}
        </div>
        {controls !== undefined && <div className="max-lg:order-last max-lg:basis-full">{controls}</div>}
        {table !== null && (
          <span className="inline-flex shrink-0 self-start">
            {!isTable && (
              <Button
                look="quiet"
                size="icon"
                aria-label={`${title}: ${showsTable ? "show the chart" : "show the table"}`}
                title={showsTable ? "Show the chart" : "Show the table"}
                aria-pressed={showsTable}
                onClick={() => setShowsTable(!showsTable)}
              >
                <Icon aria-hidden className="size-4" />
              </Button>
            )}
            <Button
              look="quiet"
              size="icon"
              aria-label={`${title}: save the table as CSV`}
              title="Save the table as CSV"
              onClick={() => saveCsv(table)}
            >
              <Download aria-hidden className="size-4" />
            </Button>
          </span>
        )}
      </header>
      {showsTable && table !== null ? <DataTable table={table} keyOf={keyOf} maxHeight={TABLE_PX} /> : children}
    </section>
  );
}
