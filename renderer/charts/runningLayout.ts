import { scaleLinear } from "d3-scale";
import { area, curveStepAfter, line } from "d3-shape";
import { type AxisTick, axisTicks, labelWidth, tickText, type Plot, printedLabels, valueScale } from "./axis.ts";
import type { FormatValue } from "./chartData.ts";

/** One step of a running total. */
export interface RunningStep {
  readonly key: string;
  /** Under the step, e.g. its number. */
  readonly label: string;
  /** What it added. */
  readonly value: number;
}

export interface RunningLayout {
  /** The upper plot: the running total. */
  readonly totalPlot: Plot;
  readonly totalTicks: readonly AxisTick[];
  readonly totalLine: string;
  readonly totalArea: string;
  /** The lower plot: what each step added. */
  readonly stepPlot: Plot;
  readonly stepTicks: readonly AxisTick[];
  readonly zero: number;
  readonly bars: string;
  readonly steps: readonly {
    readonly key: string;
    /** The middle and the width of the step's place. */
    readonly x: number;
    readonly width: number;
    readonly total: number;
    readonly label: string | null;
    /** What it added, over the largest ones alone. */
    readonly printed: { readonly text: string; readonly y: number } | null;
  }[];
}

export interface RunningInput {
  readonly steps: readonly RunningStep[];
  readonly format: FormatValue;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

const ABOVE_PX = 22;
const BELOW_PX = 18;
const BETWEEN_PX = 24;
const AXIS_GAP_PX = 6;
const MAX_BAR_PX = 40;
/** Steps whose value is printed: those that a person asks about. */
const PRINTED = 5;

/** Lays out a running total over what each step added, on one axis of steps. Pure; all lengths are pixels. */
export function layoutRunning({ steps, format, width, height }: RunningInput): RunningLayout {
  const totals = runningTotals(steps);
  const middle = ABOVE_PX + (height - ABOVE_PX - BELOW_PX - BETWEEN_PX) / 2;
  const upper = { top: ABOVE_PX, bottom: middle, left: 0, right: width };
  const lower = { top: middle + BETWEEN_PX, bottom: height - BELOW_PX, left: 0, right: width };
  const values = steps.map(({ value }) => value);
  const totalScale = valueScale(totals, upper);
  const stepScale = valueScale(values, lower);
  const totalTicks = axisTicks(totalScale, format);
  const stepTicks = axisTicks(stepScale, format);
  const axis = [...totalTicks, ...stepTicks].reduce(
    (most, { value }) => Math.max(most, labelWidth(tickText(value, format))),
    0,
  );
  const left = Math.ceil(axis) + AXIS_GAP_PX;
  const place = (width - left) / Math.max(1, steps.length);
  const x = scaleLinear()
    .domain([0, Math.max(1, steps.length)])
    .range([left, width]);
  const points = [0, ...totals].map((total, index): readonly [number, number] => [x(index), totalScale(total)]);
  const barWidth = Math.max(1, Math.min(place * 0.7, MAX_BAR_PX));
  return {
    totalPlot: { ...upper, left },
    totalTicks,
    totalLine: pathOf(line<readonly [number, number]>(first, second).curve(curveStepAfter)(stepped(points))),
    totalArea: pathOf(
      area<readonly [number, number]>().x(first).y0(totalScale(0)).y1(second).curve(curveStepAfter)(stepped(points)),
    ),
    stepPlot: { ...lower, left },
    stepTicks,
    zero: stepScale(0),
    bars: values
      .map((value, index) => bar(x(index + 0.5) - barWidth / 2, barWidth, stepScale(0), stepScale(value)))
      .join(""),
    steps: placeSteps(steps, { x, place, totals, format, top: stepScale }),
  };
}

interface Scales {
  readonly x: (index: number) => number;
  readonly place: number;
  readonly totals: readonly number[];
  readonly format: FormatValue;
  readonly top: (value: number) => number;
}

function placeSteps(steps: readonly RunningStep[], { x, place, totals, format, top }: Scales): RunningLayout["steps"] {
  const labels = printedLabels(
    steps.map(({ label }) => label),
    place,
  );
  const printed = largest(steps, (index) => ({
    at: x(index + 0.5),
    width: labelWidth(format(steps[index]?.value ?? 0)),
  }));
  return steps.map(({ key, label, value }, index) => ({
    key,
    x: x(index + 0.5),
    width: place,
    total: totals[index] ?? 0,
    label: labels[index] === true ? label : null,
    printed: printed.has(index) ? { text: format(value), y: top(Math.max(0, value)) - 4 } : null,
  }));
}

/** The steps that added most, as far as their labels do not touch. */
function largest(
  steps: readonly RunningStep[],
  labelAt: (index: number) => { readonly at: number; readonly width: number },
): ReadonlySet<number> {
  const byValue = steps
    .map(({ value }, index) => ({ value, index }))
    .filter(({ value }) => value > 0)
    .toSorted((one, other) => other.value - one.value);
  const chosen: number[] = [];
  for (const { index } of byValue.slice(0, PRINTED)) {
    const own = labelAt(index);
    const touches = chosen.some((other) => {
      const { at, width } = labelAt(other);
      return Math.abs(at - own.at) < (width + own.width) / 2;
    });
    if (!touches) chosen.push(index);
  }
  return new Set(chosen);
}

function runningTotals(steps: readonly RunningStep[]): readonly number[] {
  let total = 0;
  return steps.map(({ value }) => (total += value));
}

/** A step is taken where its place begins, so that the total rises over the bar that caused it. */
function stepped(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  return points.map(([x], index): readonly [number, number] => [x, points[index + 1]?.[1] ?? points[index]?.[1] ?? 0]);
}

function bar(x: number, width: number, zero: number, top: number): string {
  if (zero === top) return "";
  return `M${round(x)},${round(zero)}h${round(width)}V${round(Math.min(top, top < zero ? zero - 1 : top))}h${round(-width)}z`;
}

function pathOf(path: string | null): string {
  return path ?? "";
}

function first(point: readonly [number, number]): number {
  return round(point[0]);
}

function second(point: readonly [number, number]): number {
  return round(point[1]);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
