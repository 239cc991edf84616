/** What the tables behind charts of columns have in common. */
import type { ChartColumn, FormatValue } from "../../charts/chartData.ts";
import { remarksOf, totalOf, totalWords } from "../../charts/columnWords.ts";
import { type TableColumn, textColumn } from "./chartTable.ts";

/** The sum of each column; one that is not known is words to a person and nothing to a program. */
export function sumColumn(label: string, format: FormatValue): TableColumn<ChartColumn> {
  return {
    label,
    isNumber: true,
    text: (column) => totalWords(column, format),
    raw: (column) => (typeof column.unknown === "string" ? null : totalOf(column)),
  };
}

/** What has to be known about the columns' values; none where that is nothing. */
export function remarkColumns(columns: readonly ChartColumn[]): readonly TableColumn<ChartColumn>[] {
  const words = (column: ChartColumn): string => remarksOf(column).join(", ");
  return columns.some((column) => words(column) !== "") ? [textColumn("Remark", words)] : [];
}
