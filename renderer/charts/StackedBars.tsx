import { memo, useId, useMemo } from "react";
import { labelMiddle, tickText } from "./axis.ts";
import type { ChartColumn, ChartSeries, FormatValue } from "./chartData.ts";
import { ColumnTip } from "./ColumnTip.tsx";
import { columnWords } from "./columnWords.ts";
import { Hatch } from "./Hatch.tsx";
import { layoutStacked, type StackedLayout } from "./stackedLayout.ts";
import { useMarks } from "./useMarks.ts";
import { useWidth } from "./useWidth.ts";

export interface StackedBarsProps {
  /** What the chart is, e.g. `Cost by day`. */
  readonly label: string;
  /** What it shows in one sentence, for who does not see it. */
  readonly description: string;
  readonly columns: readonly ChartColumn[];
  readonly series: readonly ChartSeries[];
  readonly format: FormatValue;
  readonly height: number;
  /** The column that is chosen; it stays marked. */
  readonly chosen: string | null;
  /** Called with the key of the column that was clicked, or left with Enter; null: columns cannot be chosen. */
  readonly onChoose: ((key: string) => void) | null;
}

/** Columns of stacked parts. One Tab stop; the arrow keys move from column to column. */
export function StackedBars(props: StackedBarsProps) {
  const { columns, series, format, height, label, description, chosen, onChoose } = props;
  const [box, width] = useWidth();
  const descriptionId = useId();
  const layout = useMemo(
    () => (width === 0 ? null : layoutStacked({ columns, series, format, width, height })),
    [columns, series, format, width, height],
  );
  const choose = (mark: number): void => {
    const column = columns[mark];
    if (column !== undefined) onChoose?.(column.key);
  };
  const marks = useMarks(columns.length, { horizontal: 1, vertical: 1 }, onChoose === null ? null : choose);
  const active = marks.active === null ? undefined : layout?.columns[marks.active];
  const column = marks.active === null ? undefined : columns[marks.active];
  const words = useMemo(() => columns.map((one) => columnWords(one, series, format)), [columns, series, format]);
  return (
    <div ref={box} className="relative min-w-0" style={{ height }}>
      <p id={descriptionId} className="sr-only">
        {description}
      </p>
      {layout !== null && (
        <svg
          width={width}
          height={height}
          role="group"
          aria-label={label}
          aria-describedby={descriptionId}
          className="block overflow-visible text-[11px]"
          {...marks.handlers}
        >
          <Still layout={layout} format={format} />
          <Parts layout={layout} />
          <Chosen layout={layout} chosen={chosen} />
          {active !== undefined && <Highlight layout={layout} place={active} />}
          {layout.columns.map((place, index) => (
            <rect
              key={place.key}
              data-mark={index}
              role={onChoose === null ? "img" : "button"}
              aria-label={words[index]}
              aria-pressed={onChoose === null ? undefined : place.key === chosen}
              tabIndex={index === marks.tabStop ? 0 : -1}
              x={place.x - 1}
              y={layout.plot.top}
              width={Math.max(1, place.width + 2)}
              height={layout.plot.bottom - layout.plot.top}
              fill="transparent"
              className={onChoose === null ? undefined : "cursor-pointer"}
              onClick={() => choose(index)}
            />
          ))}
        </svg>
      )}
      {active !== undefined && column !== undefined && (
        <ColumnTip column={column} series={series} format={format} place={active} width={width} />
      )}
    </div>
  );
}

/** What does not change while the pointer moves. */
const Still = memo(function StillParts(props: { readonly layout: StackedLayout; readonly format: FormatValue }) {
  const { layout, format } = props;
  const { plot, ticks, zero, paths, columns } = layout;
  return (
    <g aria-hidden>
      {ticks.map(({ value, y }) => (
        <g key={value}>
          <line x1={plot.left} x2={plot.right} y1={y} y2={y} stroke="var(--line)" />
          <text x={plot.left - 6} y={y} dy="0.32em" textAnchor="end" fill="var(--dim)">
            {tickText(value, format)}
          </text>
        </g>
      ))}
      {paths.map(({ key, color, path }) => (
        // The edge in the ground's colour parts the series where colours alone would not.
        <path key={key} d={path} fill={color} stroke="var(--panel)" strokeWidth={0.75} />
      ))}
      <line x1={plot.left} x2={plot.right} y1={zero} y2={zero} stroke="var(--line-strong)" />
      {columns.map(({ key, x, width, top, label, printed }) => (
        <g key={key} textAnchor="middle">
          {label !== null && (
            <text x={labelMiddle(label, x + width / 2, plot)} y={plot.bottom + 14} fill="var(--dim)">
              {label}
            </text>
          )}
          {printed !== null && (
            <text x={x + width / 2} y={top - 4} fill="var(--ink)">
              {printed}
            </text>
          )}
        </g>
      ))}
    </g>
  );
});

/** Columns of which only a part is counted look unlike the whole ones that they stand beside. */
function Parts({ layout }: { readonly layout: StackedLayout }) {
  const hatchId = useId();
  const parts = layout.columns.filter(({ isPart }) => isPart);
  if (parts.length === 0) return null;
  return (
    <g aria-hidden>
      <Hatch id={hatchId} color="var(--panel)" />
      {parts.map(({ key, x, width, top }) => (
        <rect key={key} x={x} y={top} width={width} height={layout.zero - top} fill={`url(#${hatchId})`} />
      ))}
    </g>
  );
}

function Chosen({ layout, chosen }: { readonly layout: StackedLayout; readonly chosen: string | null }) {
  const place = layout.columns.find(({ key }) => key === chosen);
  if (place === undefined) return null;
  const { plot } = layout;
  return (
    <rect
      aria-hidden
      x={place.x - 2}
      y={plot.bottom}
      width={place.width + 4}
      height={3}
      rx={1.5}
      fill="var(--accent)"
    />
  );
}

function Highlight(props: { readonly layout: StackedLayout; readonly place: StackedLayout["columns"][number] }) {
  const { plot } = props.layout;
  const { x, width } = props.place;
  return (
    <rect
      aria-hidden
      x={x - 2}
      y={plot.top}
      width={width + 4}
      height={plot.bottom - plot.top}
      fill="var(--ink)"
      opacity={0.07}
    />
  );
}
