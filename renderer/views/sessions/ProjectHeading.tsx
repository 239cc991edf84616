import { ChevronDown, ChevronRight, FolderX } from "lucide-react";
import { formatCount } from "../../components/formats.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import type { ListRow } from "./listRows.ts";
import { FOLDER_GONE } from "./sessionFacts.ts";

type ProjectRow = Extract<ListRow, { kind: "project" }>;

/** A project's name and how many sessions it has; a click folds them away. */
export function ProjectHeading(props: {
  readonly row: ProjectRow;
  readonly isTabStop: boolean;
  readonly onToggle: (row: ProjectRow) => void;
}) {
  const { row, isTabStop, onToggle } = props;
  const Chevron = row.isCollapsed ? ChevronRight : ChevronDown;
  return (
    <h2 className="h-full">
      <button
        type="button"
        aria-expanded={!row.isCollapsed}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => onToggle(row)}
        title={visibleText(row.projectPath)}
        className="flex h-full w-full items-center gap-1 rounded-md px-1 text-left text-[11px] font-semibold tracking-wide text-dim outline-offset-[-2px] hover:text-ink"
      >
        <Chevron aria-hidden className="size-3 shrink-0" />
        <span className="truncate">{visibleText(row.name)}</span>
        {row.isGone && (
          <span className="flex shrink-0 items-center gap-1 font-normal text-warn">
            <FolderX aria-hidden className="size-3" />
            {FOLDER_GONE}
          </span>
        )}
        <span className="grow" />
        <ProjectCounts row={row} />
      </button>
    </h2>
  );
}

function ProjectCounts({ row: { count, liveCount } }: { readonly row: ProjectRow }) {
  return (
    <span className="shrink-0 pr-1 font-normal">
      {liveCount > 0 && <span className="text-ok">{liveCount} live </span>}
      {liveCount < count && <span>{liveCount > 0 ? `of ${formatCount(count)}` : formatCount(count)}</span>}
      <span className="sr-only"> sessions</span>
    </span>
  );
}
