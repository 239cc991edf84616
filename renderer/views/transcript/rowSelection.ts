import type { TranscriptRow } from "./transcriptRow.ts";

/** Rows that are chosen together: from where it was begun to where it was drawn. */
export interface RowSelection {
  readonly anchorKey: string;
  readonly headKey: string;
}

/** The rows of a selection, in their order; none where one of its ends is gone. */
export function selectedRows(rows: readonly TranscriptRow[], selection: RowSelection | null): readonly TranscriptRow[] {
  if (selection === null) return [];
  const anchor = rows.findIndex(({ key }) => key === selection.anchorKey);
  const head = rows.findIndex(({ key }) => key === selection.headKey);
  if (anchor === -1 || head === -1) return [];
  return rows.slice(Math.min(anchor, head), Math.max(anchor, head) + 1);
}
