import { createBlobSink } from "../session/blobSink.ts";
import { type ChartTable, toCsv } from "./chartTable.ts";

/** Hands out a table as a CSV file. The mark at its start makes spreadsheets read it as UTF-8. */
export function saveCsv<Row>(table: ChartTable<Row>): void {
  const sink = createBlobSink();
  sink.add(`\uFEFF${toCsv(table)}`);
  sink.save(`switchboard-${table.fileName}.csv`, "text/csv");
}
