import { scaleQuantile } from "d3-scale";
import { labelWidth } from "./axis.ts";

/** One day. */
export interface HeatDay {
  /** `YYYY-MM-DD`; which days follow each other and their weekdays come from it. */
  readonly key: string;
  readonly value: number;
  /** Said instead of the value where something was used and the value is not known, e.g. `not priced`. */
  readonly unknown?: string | null;
  /** What the value does not hold, e.g. `3 messages without a price`. */
  readonly lacks?: string | null;
}

export interface HeatCell extends HeatDay {
  readonly x: number;
  readonly y: number;
  /** 0: nothing; 1 to `HEAT_LEVELS`: from the lowest quarter of the days to the highest. */
  readonly level: number;
}

export interface HeatLayout {
  readonly cells: readonly HeatCell[];
  /** The side of a cell, in pixels. */
  readonly side: number;
  readonly height: number;
  readonly width: number;
  readonly months: readonly { readonly x: number; readonly label: string }[];
  readonly weekdays: readonly { readonly y: number; readonly label: string }[];
}

export const HEAT_LEVELS = 4;

const DAY_MS = 86_400_000;
const LEFT_PX = 30;
const ABOVE_PX = 16;
const GAP_PX = 2;
/** Between the names of two months. */
const LABEL_GAP_PX = 6;
/** A smaller cell is no target any more; where weeks do not fit, the oldest are left out. */
const LEAST_SIDE_PX = 9;
const MOST_SIDE_PX = 15;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Lays out days as weeks from Monday to Sunday, one column a week. Pure; `days` are in order. */
export function layoutHeat(days: readonly HeatDay[], width: number): HeatLayout {
  const weeksThatFit = Math.max(1, Math.floor((width - LEFT_PX) / (LEAST_SIDE_PX + GAP_PX)));
  const lastWeek = weekOf(days.at(-1)?.key ?? "1970-01-01");
  const firstWeek = Math.max(weekOf(days[0]?.key ?? "1970-01-01"), lastWeek - weeksThatFit + 1);
  const weeks = lastWeek - firstWeek + 1;
  const side = Math.min(MOST_SIDE_PX, Math.floor((width - LEFT_PX) / weeks) - GAP_PX);
  const step = side + GAP_PX;
  const shown = days.filter(({ key }) => weekOf(key) >= firstWeek);
  const level = levelsOf(shown);
  const cells = shown.map((day) => ({
    ...day,
    x: LEFT_PX + (weekOf(day.key) - firstWeek) * step,
    y: ABOVE_PX + weekdayOf(day.key) * step,
    level: level(day.value),
  }));
  return {
    cells,
    side,
    height: ABOVE_PX + 7 * step,
    width: LEFT_PX + weeks * step,
    months: monthLabels(cells),
    weekdays: ["Mon", "Wed", "Fri"].map((label, index) => ({ label, y: ABOVE_PX + index * 2 * step + side / 2 })),
  };
}

/** By quarters of the days on which there was something: one dear day must not make all others look alike. */
function levelsOf(days: readonly HeatDay[]): (value: number) => number {
  const values = days.map(({ value }) => value).filter((value) => value > 0);
  if (values.length === 0) return () => 0;
  const scale = scaleQuantile()
    .domain(values)
    .range(Array.from({ length: HEAT_LEVELS }, (_, index) => index + 1));
  return (value) => (value > 0 ? scale(value) : 0);
}

/** The month's name over its first week, unless it would touch the one before. */
function monthLabels(cells: readonly HeatCell[]): HeatLayout["months"] {
  const labels: { readonly x: number; readonly label: string }[] = [];
  for (const { key, x } of cells) {
    const isFirst = key.endsWith("-01") || labels.length === 0;
    const before = labels.at(-1);
    if (!isFirst) continue;
    const label = MONTHS[Number(key.slice(5, 7)) - 1] ?? "";
    // The month that the first week ends is named only if there is room before the next one.
    if (before !== undefined && x < before.x + labelWidth(before.label) + LABEL_GAP_PX) labels.pop();
    labels.push({ x, label });
  }
  return labels;
}

/** Days since Monday, 29 December 1969. */
function dayNumber(key: string): number {
  return Date.parse(`${key}T00:00:00Z`) / DAY_MS + 3;
}

function weekOf(key: string): number {
  return Math.floor(dayNumber(key) / 7);
}

/** 0 is Monday. */
function weekdayOf(key: string): number {
  return dayNumber(key) % 7;
}
