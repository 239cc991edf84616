import { scaleLinear, type ScaleLinear } from "d3-scale";
import type { FormatValue } from "./chartData.ts";

/** A line across the plot with its value. */
export interface AxisTick {
  readonly y: number;
  readonly value: number;
}

/** The part of the drawing that holds the marks, in pixels. */
export interface Plot {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Lines across a plot: more would be noise behind the columns. */
const TICKS = 4;

/** A scale from zero, or from below where something is negative, with round ends. All zero: the scale of 0 to 1. */
export function valueScale(values: readonly number[], plot: Plot): ScaleLinear<number, number> {
  const least = values.reduce((min, value) => Math.min(min, value), 0);
  const most = values.reduce((max, value) => Math.max(max, value), 0);
  const domain = least === 0 && most === 0 ? [0, 1] : [least, most];
  return scaleLinear().domain(domain).nice(TICKS).range([plot.bottom, plot.top]);
}

/** The lines of a scale, from the lowest up: as many as are told apart by what is printed beside them. */
export function axisTicks(scale: ScaleLinear<number, number>, format: FormatValue): readonly AxisTick[] {
  for (let count = TICKS; count > 0; count -= 1) {
    const values = scale.ticks(count);
    const texts = new Set(values.map((value) => tickText(value, format)));
    if (texts.size === values.length) return values.map((value) => ({ value, y: scale(value) }));
  }
  return [{ value: 0, y: scale(0) }];
}

/** A value beside its line: round values need no cents. */
export function tickText(value: number, format: FormatValue): string {
  return format(value).replace(/\.0+$/u, "");
}

/** Pixels of one character of a label; the widest digit of the usual fonts at 11 px. */
const CHARACTER_PX = 6.4;
/** Pixels between two labels, and before the last one, which the right edge may push to the left. */
const GAP_PX = 16;
const LEAST_GAP_PX = 8;

/** The width of a label in pixels, for where it would touch another: a guess that is rather too wide. */
export function labelWidth(text: string): number {
  return text.length * CHARACTER_PX;
}

/**
 * Which of the labels are printed: every nth, counted from the last one, which is the one that is looked for, so that
 * none touch. `step` is the distance of two labels in pixels.
 */
export function printedLabels(labels: readonly string[], step: number): readonly boolean[] {
  const widest = labels.reduce((width, label) => Math.max(width, labelWidth(label)), 0);
  const pushed = Math.max(0, (widest - step) / 2);
  const distance = Math.max(widest + GAP_PX, widest + pushed + LEAST_GAP_PX);
  const every = Math.max(1, Math.ceil(distance / Math.max(step, 0.01)));
  return labels.map((_, index) => (labels.length - 1 - index) % every === 0);
}

/** Where the middle of a label goes: over its mark, but never over the right edge. */
export function labelMiddle(text: string, middle: number, plot: Plot): number {
  return Math.min(middle, plot.right - labelWidth(text) / 2);
}
