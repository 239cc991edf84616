import { X } from "lucide-react";
import { useId } from "react";
import { activitySchema, type ActivityKind } from "../../../shared/model/activity.ts";
import { searchRoleSchema } from "../../../shared/model/search.ts";
import { Button } from "../../components/Button.tsx";
import { Choice } from "../../components/Choice.tsx";
import { cn } from "../../components/cn.ts";
import { filterBarClass, lineControlClass } from "../../components/controls.ts";
import { activeFilterCount, noFilters, type SearchFilters, type SearchPeriod } from "../../stores/searchFilters.ts";
import { projectName } from "../../stores/sessionList.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useProjects, useSearch } from "../useStores.ts";
import { periodWords, roleWords, stateFilterWords, usualTools } from "./searchWords.ts";

/** Projects that the filter offers, the most recently active first: a longer list is no choice any more. */
const MAX_PROJECTS = 300;

const noProjects: ReadonlyMap<string, number> = new Map();

/** What narrows the search: project, time, who said it, tool, state. */
export function SearchFilterBar() {
  const filters = useSearch((state) => state.filters);
  const setFilters = useSearch((state) => state.setFilters);
  return (
    <div role="group" aria-label="Narrow the search" className={filterBarClass}>
      <ProjectSelect project={filters.project} onProject={(project) => setFilters({ project })} />
      <Choice
        label="When"
        marks
        value={filters.period}
        options={Object.entries(periodWords)}
        onValue={(value) => setFilters({ period: periodOf(value) })}
      />
      {filters.period === "between" && <DayRange filters={filters} onChange={setFilters} />}
      <Choice
        label="Said by"
        marks
        value={filters.role ?? ""}
        options={[["", "Said by anyone"], ...Object.entries(roleWords)]}
        onValue={(value) => setFilters({ role: searchRoleSchema.safeParse(value).data ?? null })}
      />
      <ToolBox tool={filters.tool} onTool={(tool) => setFilters({ tool })} />
      <Choice
        label="State of the session"
        marks
        value={filters.state ?? ""}
        options={[["", "Any state"], ...Object.entries(stateFilterWords)]}
        onValue={(value) => setFilters({ state: stateOf(value) })}
      />
      {activeFilterCount(filters) > 0 && (
        <Button look="quiet" size="small" onClick={() => setFilters(noFilters)}>
          <X aria-hidden className="size-3.5" /> No filters
        </Button>
      )}
    </div>
  );
}

function periodOf(value: string): SearchPeriod {
  const periods: readonly SearchPeriod[] = ["any", "day", "week", "month", "between"];
  return periods.find((period) => period === value) ?? "any";
}

function stateOf(value: string): ActivityKind | null {
  const kinds = activitySchema.options.map((option) => option.shape.kind.value);
  return kinds.find((kind) => kind === value) ?? null;
}

function ProjectSelect(props: { readonly project: string; readonly onProject: (project: string) => void }) {
  const { project, onProject } = props;
  const counts = useProjects((state) => state.sessionCounts) ?? noProjects;
  const paths = [...counts.keys()].slice(0, MAX_PROJECTS);
  const offered = project === "" || paths.includes(project) ? paths : [project, ...paths];
  const options = offered.map((path) => [path, visibleText(projectName(path))] as const);
  return (
    <Choice label="Project" marks value={project} options={[["", "All projects"], ...options]} onValue={onProject} />
  );
}

function ToolBox({ tool, onTool }: { readonly tool: string; readonly onTool: (tool: string) => void }) {
  const listId = useId();
  return (
    <>
      <input
        aria-label="Tool called in the turn"
        placeholder="Any tool"
        value={tool}
        maxLength={200}
        spellCheck={false}
        list={listId}
        onChange={(event) => onTool(event.target.value)}
        className={cn(lineControlClass, "w-28", tool.trim() !== "" && "border-accent bg-accent-soft")}
      />
      <datalist id={listId}>
        {usualTools.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
}

function DayRange(props: {
  readonly filters: SearchFilters;
  readonly onChange: (change: Partial<SearchFilters>) => void;
}) {
  const { filters, onChange } = props;
  return (
    <span className="inline-flex items-center gap-1 text-xs text-dim">
      <input
        type="date"
        aria-label="First day"
        value={filters.fromDay}
        {...(filters.toDay === "" ? {} : { max: filters.toDay })}
        onChange={(event) => onChange({ fromDay: event.target.value })}
        className={cn(lineControlClass, "w-34")}
      />
      to
      <input
        type="date"
        aria-label="Last day"
        value={filters.toDay}
        {...(filters.fromDay === "" ? {} : { min: filters.fromDay })}
        onChange={(event) => onChange({ toDay: event.target.value })}
        className={cn(lineControlClass, "w-34")}
      />
    </span>
  );
}
