import type { ReactNode } from "react";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { cn } from "../../../components/cn.ts";
import type { TranscriptRow } from "../transcriptRow.ts";
import { CopyRow } from "./CopyRow.tsx";

/** Deeper sub-agents indent no further: the text needs room. */
const MAX_INDENT_LEVELS = 5;
const INDENT_REM = 1.25;

/** What all rows share: indentation, an icon, the time, and a button that copies the row. */
export function RowFrame(props: {
  readonly row: TranscriptRow;
  readonly icon: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const { row, icon, className, children } = props;
  const indent = Math.min(row.depth, MAX_INDENT_LEVELS) * INDENT_REM;
  return (
    <div style={{ paddingLeft: `${indent}rem` }}>
      <div className={cn("group/row flex gap-2 py-1 pl-2", row.depth > 0 && "border-l-2 border-line", className)}>
        <span className="mt-0.5 shrink-0">{icon}</span>
        <div className="min-w-0 grow">{children}</div>
        <div className="flex w-18 shrink-0 items-start justify-end gap-1 text-[11px] text-dim">
          <CopyRow row={row} />
          <RelativeTime at={row.at} className="leading-5" />
        </div>
      </div>
    </div>
  );
}
