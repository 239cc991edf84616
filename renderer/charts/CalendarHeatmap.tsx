import { useId, useMemo } from "react";
import type { FormatValue } from "./chartData.ts";
import { ChartTip } from "./ChartTip.tsx";
import { Hatch } from "./Hatch.tsx";
import { HEAT_LEVELS, type HeatCell, type HeatDay, layoutHeat } from "./heatLayout.ts";
import { useMarks } from "./useMarks.ts";
import { useWidth } from "./useWidth.ts";

export interface CalendarHeatmapProps {
  readonly label: string;
  readonly description: string;
  /** In order, without gaps. */
  readonly days: readonly HeatDay[];
  readonly format: FormatValue;
  /** A day in words, e.g. `Monday, 3 November 2026`. */
  readonly formatDay: (key: string) => string;
  readonly onChoose: (key: string) => void;
}

const RADIUS_PX = 2.5;

/** A year as weeks; the darker a day, the more there was. Arrow keys move by day and by week. */
export function CalendarHeatmap(props: CalendarHeatmapProps) {
  const { days, format, formatDay, label, description, onChoose } = props;
  const [box, width] = useWidth();
  const [descriptionId, hatchId] = [useId(), useId()];
  const layout = useMemo(() => (width === 0 ? null : layoutHeat(days, width)), [days, width]);
  const cells = layout?.cells ?? [];
  const choose = (mark: number): void => {
    const cell = cells[mark];
    if (cell !== undefined) onChoose(cell.key);
  };
  const marks = useMarks(cells.length, { horizontal: 7, vertical: 1 }, choose);
  const active = marks.active === null ? undefined : cells[marks.active];
  return (
    <div ref={box} className="relative min-w-0" style={{ minHeight: layout?.height ?? 0 }}>
      <p id={descriptionId} className="sr-only">
        {description}
      </p>
      {layout !== null && (
        <svg
          width={layout.width}
          height={layout.height}
          role="group"
          aria-label={label}
          aria-describedby={descriptionId}
          className="block overflow-visible text-[11px]"
          {...marks.handlers}
        >
          <g aria-hidden fill="var(--dim)">
            {layout.months.map(({ x, label: month }) => (
              <text key={x} x={x} y={10}>
                {month}
              </text>
            ))}
            {layout.weekdays.map(({ y, label: weekday }) => (
              <text key={weekday} x={0} y={y} dy="0.32em">
                {weekday}
              </text>
            ))}
          </g>
          <Unknown cells={cells} side={layout.side} hatchId={hatchId} />
          {cells.map((cell, index) => (
            <rect
              key={cell.key}
              data-mark={index}
              role="button"
              aria-label={`${formatDay(cell.key)}: ${wordsOf(cell, format).join(", ")}`}
              tabIndex={index === marks.tabStop ? 0 : -1}
              x={cell.x}
              y={cell.y}
              width={layout.side}
              height={layout.side}
              rx={RADIUS_PX}
              fill={isUnknown(cell) ? `url(#${hatchId})` : `var(--heat-${cell.level})`}
              stroke={cell.key === active?.key ? "var(--ink)" : "none"}
              className="cursor-pointer"
              onClick={() => choose(index)}
            />
          ))}
        </svg>
      )}
      {active !== undefined && layout !== null && (
        <ChartTip from={active.x} to={active.x + layout.side} width={width}>
          <span className="font-semibold">{active.unknown ?? format(active.value)}</span>
          <span>{formatDay(active.key)}</span>
          {typeof active.lacks === "string" && <span className="text-dim">{active.lacks}</span>}
        </ChartTip>
      )}
    </div>
  );
}

function isUnknown({ unknown }: HeatDay): boolean {
  return typeof unknown === "string";
}

function wordsOf({ unknown, value, lacks }: HeatDay, format: FormatValue): readonly string[] {
  return [unknown ?? format(value), ...(typeof lacks === "string" ? [lacks] : [])];
}

/** The ground of days whose value is not known: hatched, for neither nothing nor a shade would be true. */
function Unknown(props: { readonly cells: readonly HeatCell[]; readonly side: number; readonly hatchId: string }) {
  const { cells, side, hatchId } = props;
  const unknown = cells.filter(isUnknown);
  if (unknown.length === 0) return null;
  return (
    <g aria-hidden>
      <Hatch id={hatchId} color="var(--dim)" />
      {unknown.map(({ key, x, y }) => (
        <rect key={key} x={x} y={y} width={side} height={side} rx={RADIUS_PX} fill="var(--heat-0)" />
      ))}
    </g>
  );
}

/** What the shades mean; `unknown`: what hatched days are, where there are any. */
export function HeatLegend({ unknown }: { readonly unknown: string | null }) {
  return (
    <p className="flex items-center gap-1 text-xs text-dim">
      less
      {Array.from({ length: HEAT_LEVELS + 1 }, (_, level) => (
        <span
          key={level}
          aria-hidden
          className="size-2.5 rounded-[2.5px]"
          style={{ background: `var(--heat-${level})` }}
        />
      ))}
      more
      {unknown !== null && (
        <>
          <HatchedSwatch />
          {unknown}
        </>
      )}
    </p>
  );
}

function HatchedSwatch() {
  const hatchId = useId();
  return (
    <svg aria-hidden width={10} height={10} className="ml-2">
      <Hatch id={hatchId} color="var(--dim)" />
      <rect width={10} height={10} rx={RADIUS_PX} fill="var(--heat-0)" />
      <rect width={10} height={10} rx={RADIUS_PX} fill={`url(#${hatchId})`} />
    </svg>
  );
}
