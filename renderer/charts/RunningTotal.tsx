import { type ReactNode, useId, useMemo } from "react";
import { type AxisTick, labelMiddle, type Plot, tickText } from "./axis.ts";
import type { FormatValue } from "./chartData.ts";
import { ChartTip } from "./ChartTip.tsx";
import { layoutRunning, type RunningLayout, type RunningStep } from "./runningLayout.ts";
import { useMarks } from "./useMarks.ts";
import { useWidth } from "./useWidth.ts";

export interface RunningTotalProps {
  readonly label: string;
  readonly description: string;
  readonly steps: readonly RunningStep[];
  readonly format: FormatValue;
  readonly height: number;
  readonly chosen: string | null;
  readonly onChoose: (key: string) => void;
  /** What a step was, in words for screen readers; its values are added. */
  readonly stepWords: (key: string) => string;
  /** The same for the tip. */
  readonly renderTip: (key: string) => ReactNode;
}

/** A running total above, what each step added below. Arrow keys move from step to step. */
export function RunningTotal(props: RunningTotalProps) {
  const { steps, format, height, label, description, chosen, onChoose, stepWords, renderTip } = props;
  const [box, width] = useWidth();
  const descriptionId = useId();
  const layout = useMemo(
    () => (width === 0 ? null : layoutRunning({ steps, format, width, height })),
    [steps, format, width, height],
  );
  const choose = (mark: number): void => {
    const step = steps[mark];
    if (step !== undefined) onChoose(step.key);
  };
  const marks = useMarks(steps.length, { horizontal: 1, vertical: 1 }, choose);
  const active = marks.active === null ? undefined : layout?.steps[marks.active];
  const bottom = layout?.stepPlot.bottom ?? 0;
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
          <Drawing layout={layout} format={format} chosen={chosen} />
          {layout.steps.map(({ key, x, width: place, total }, index) => (
            <rect
              key={key}
              data-mark={index}
              role="button"
              aria-label={`${stepWords(key)}: ${format(steps[index]?.value ?? 0)}, ${format(total)} in all`}
              aria-pressed={key === chosen}
              tabIndex={index === marks.tabStop ? 0 : -1}
              x={x - place / 2}
              y={layout.totalPlot.top}
              width={Math.max(1, place)}
              height={bottom - layout.totalPlot.top}
              fill={key === active?.key ? "var(--ink)" : "transparent"}
              fillOpacity={key === active?.key ? 0.07 : 0}
              className="cursor-pointer"
              onClick={() => choose(index)}
            />
          ))}
        </svg>
      )}
      {active !== undefined && (
        <ChartTip from={active.x - active.width / 2} to={active.x + active.width / 2} width={width}>
          {renderTip(active.key)}
        </ChartTip>
      )}
    </div>
  );
}

function Drawing(props: {
  readonly layout: RunningLayout;
  readonly format: FormatValue;
  readonly chosen: string | null;
}) {
  const { layout, format, chosen } = props;
  const { totalPlot, stepPlot, zero } = layout;
  return (
    <g aria-hidden>
      <Lines ticks={layout.totalTicks} plot={totalPlot} format={format} />
      <Lines ticks={layout.stepTicks} plot={stepPlot} format={format} />
      <path d={layout.totalArea} fill="var(--series-1)" opacity={0.18} />
      <path d={layout.totalLine} fill="none" stroke="var(--series-1)" strokeWidth={1.75} />
      <path d={layout.bars} fill="var(--series-2)" />
      <line x1={stepPlot.left} x2={stepPlot.right} y1={zero} y2={zero} stroke="var(--line-strong)" />
      <text x={totalPlot.left + 4} y={totalPlot.top - 8} fill="var(--dim)">
        In all
      </text>
      <text x={stepPlot.left + 4} y={stepPlot.top - 8} fill="var(--dim)">
        Each turn
      </text>
      {layout.steps.map(({ key, x, width, label, printed }) => (
        <g key={key} textAnchor="middle">
          {label !== null && (
            <text x={labelMiddle(label, x, stepPlot)} y={stepPlot.bottom + 14} fill="var(--dim)">
              {label}
            </text>
          )}
          {printed !== null && (
            <text x={labelMiddle(printed.text, x, stepPlot)} y={printed.y} fill="var(--ink)">
              {printed.text}
            </text>
          )}
          {key === chosen && (
            <rect x={x - width / 2} y={stepPlot.bottom} width={width} height={3} rx={1.5} fill="var(--accent)" />
          )}
        </g>
      ))}
    </g>
  );
}

function Lines(props: { readonly ticks: readonly AxisTick[]; readonly plot: Plot; readonly format: FormatValue }) {
  const { ticks, plot, format } = props;
  return ticks.map(({ value, y }) => (
    <g key={value}>
      <line x1={plot.left} x2={plot.right} y1={y} y2={y} stroke="var(--line)" />
      <text x={plot.left - 6} y={y} dy="0.32em" textAnchor="end" fill="var(--dim)">
        {tickText(value, format)}
      </text>
    </g>
  ));
}
