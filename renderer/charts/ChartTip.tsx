import type { ReactNode } from "react";

/** The width that a tip takes at most, in pixels; it turns to the other side where it would leave the chart. */
const TIP_PX = 264;
/** Between the mark and the tip. */
const GAP_PX = 10;

/** What a mark says, beside it: `from` and `to` are the mark's sides. Screen readers have the mark's own label. */
export function ChartTip(props: {
  readonly from: number;
  readonly to: number;
  /** Of the chart, in pixels. */
  readonly width: number;
  readonly children: ReactNode;
}) {
  const { from, to, width, children } = props;
  const fitsRight = to + GAP_PX + TIP_PX <= width;
  const fitsLeft = from - GAP_PX - TIP_PX >= 0;
  const side = fitsRight ? { left: to + GAP_PX } : fitsLeft ? { right: width - from + GAP_PX } : { left: 0 };
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute top-2 z-10 flex w-max flex-col rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs shadow-(--shadow)"
      style={{ ...side, maxWidth: TIP_PX }}
    >
      {children}
    </div>
  );
}

/** One line of a tip: a part, its colour and its value. */
export function TipLine(props: { readonly color?: string; readonly label: string; readonly value: string }) {
  const { color, label, value } = props;
  return (
    <span className="flex items-baseline gap-1.5">
      {color !== undefined && (
        <span className="size-2 shrink-0 self-center rounded-[2px]" style={{ background: color }} />
      )}
      <span className="min-w-0 grow truncate">{label}</span>
      <span className="pl-2 font-medium">{value}</span>
    </span>
  );
}
