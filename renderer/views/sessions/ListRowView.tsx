import { formatCount } from "../../components/formats.ts";
import { useUi } from "../useStores.ts";
import type { ListRow } from "./listRows.ts";
import { ProjectHeading } from "./ProjectHeading.tsx";
import { SessionRow } from "./SessionRow.tsx";

/** One row of the list, whatever it is. */
export function ListRowView(props: { readonly row: ListRow; readonly chosen: boolean; readonly isTabStop: boolean }) {
  const { row, chosen, isTabStop } = props;
  const chooseSession = useUi((state) => state.chooseSession);
  const foldProject = useUi((state) => state.foldProject);
  switch (row.kind) {
    case "project":
      return (
        <ProjectHeading
          row={row}
          isTabStop={isTabStop}
          onToggle={({ projectPath, isCollapsed }) => foldProject(projectPath, isCollapsed ? null : "collapsed")}
        />
      );
    case "session":
      return <SessionRow session={row.session} chosen={chosen} isTabStop={isTabStop} onChoose={chooseSession} />;
    case "more":
      return (
        <button
          type="button"
          tabIndex={isTabStop ? 0 : -1}
          disabled={row.action === "load"}
          onClick={() => foldProject(row.projectPath, row.action === "fold" ? null : "whole")}
          className="h-full w-full truncate rounded-md pl-7 text-left text-xs text-dim outline-offset-[-2px] enabled:hover:text-accent"
        >
          {moreWords(row)}
        </button>
      );
  }
}

function moreWords({ action, hidden }: Extract<ListRow, { kind: "more" }>): string {
  switch (action) {
    case "unfold":
      return `Show ${formatCount(hidden)} older`;
    case "load":
      return `Loading ${formatCount(hidden)} older…`;
    case "fold":
      return "Show the latest only";
  }
}
