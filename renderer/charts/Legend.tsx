import type { ChartSeries } from "./chartData.ts";

/** Which colour is which part, with its total where one is given. */
export function Legend(props: {
  readonly series: readonly ChartSeries[];
  readonly totals?: Readonly<Record<string, string>>;
}) {
  const { series, totals = {} } = props;
  return (
    <ul aria-label="Colours" className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs">
      {series.map(({ key, label, color }) => (
        <li key={key} className="flex min-w-0 items-center gap-1.5">
          <span aria-hidden className="size-2.5 shrink-0 rounded-[3px]" style={{ background: color }} />
          <span className="max-w-56 truncate" title={label}>
            {label}
          </span>
          {totals[key] !== undefined && <span className="text-dim">{totals[key]}</span>}
        </li>
      ))}
    </ul>
  );
}
