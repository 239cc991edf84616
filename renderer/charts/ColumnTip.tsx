import type { ChartColumn, ChartSeries, FormatValue } from "./chartData.ts";
import { ChartTip, TipLine } from "./ChartTip.tsx";
import { partsOf, remarksOf, totalWords } from "./columnWords.ts";

/** Lines of a tip: what has no place is summed up. */
const TIP_LINES = 7;

/** What a column says while the pointer or the keyboard is on it. */
export function ColumnTip(props: {
  readonly column: ChartColumn;
  readonly series: readonly ChartSeries[];
  readonly format: FormatValue;
  readonly place: { readonly x: number; readonly width: number };
  /** Of the chart, in pixels. */
  readonly width: number;
}) {
  const { column, series, format, place, width } = props;
  const parts = partsOf(column, series);
  return (
    <ChartTip from={place.x} to={place.x + place.width} width={width}>
      <span className="font-semibold">{column.title}</span>
      {remarksOf(column).map((remark) => (
        <span key={remark} className="text-dim">
          {remark}
        </span>
      ))}
      <TipLine label="In all" value={totalWords(column, format)} />
      {parts.length > 1 &&
        parts
          .slice(0, TIP_LINES)
          .map(({ key, label, color, value }) => (
            <TipLine key={key} label={label} color={color} value={format(value)} />
          ))}
    </ChartTip>
  );
}
