import type { ReactNode } from "react";
import { cn } from "../../components/cn.ts";
import type { ChartTable } from "./chartTable.ts";

const cell = "border-b border-line px-2 py-1 first:pl-0 last:pr-0";

/** A chart's numbers. It can be scrolled by keyboard; `lead` draws the first cell of a row where it is more than text. */
export function DataTable<Row>(props: {
  readonly table: ChartTable<Row>;
  readonly keyOf: (row: Row) => string;
  readonly lead?: (row: Row) => ReactNode;
  readonly maxHeight?: number;
}) {
  const { table, keyOf, lead, maxHeight } = props;
  const { caption, columns, rows } = table;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div role="region" aria-label={caption} tabIndex={0} className="overflow-auto" style={{ maxHeight }}>
      <table className="w-full border-separate border-spacing-0 text-xs">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-10 bg-panel text-dim">
          <tr>
            {columns.map(({ label, isNumber }) => (
              <th
                key={label}
                scope="col"
                className={cn(cell, "font-medium whitespace-nowrap", isNumber ? "text-right" : "text-left")}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ label, isNumber, text }, index) =>
                index === 0 ? (
                  <th key={label} scope="row" className={cn(cell, "max-w-72 truncate text-left font-normal")}>
                    {lead === undefined ? text(row) : lead(row)}
                  </th>
                ) : (
                  <td
                    key={label}
                    className={cn(cell, isNumber ? "text-right whitespace-nowrap" : "max-w-72 truncate")}
                    title={isNumber ? undefined : text(row)}
                  >
                    {text(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
