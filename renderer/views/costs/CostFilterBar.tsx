import { X } from "lucide-react";
import { Button } from "../../components/Button.tsx";
import { Choice } from "../../components/Choice.tsx";
import { cn } from "../../components/cn.ts";
import { filterBarClass, lineControlClass } from "../../components/controls.ts";
import { type CostFilters, type CostRange, defaultFilters, isNarrowed, UNLABELLED } from "../../stores/costFilters.ts";
import { projectName } from "../../stores/sessionList.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useCosts, useProjects } from "../useStores.ts";
import { NO_LABEL_WORDS, rangeWords } from "./costWords.ts";

/** Projects that the filter offers, the most recently active first: a longer list is no choice any more. */
const MAX_PROJECTS = 300;

const noProjects: ReadonlyMap<string, number> = new Map();

const ranges: readonly (readonly [CostRange, string])[] = [
  ["week", rangeWords.week],
  ["month", rangeWords.month],
  ["quarter", rangeWords.quarter],
  ["year", rangeWords.year],
  ["between", rangeWords.between],
];

/** What narrows the page: days, project, label, model, owner. */
export function CostFilterBar() {
  const filters = useCosts((state) => state.filters);
  const setFilters = useCosts((state) => state.setFilters);
  const models = useCosts((state) => state.answers.models) ?? [];
  const counts = useProjects((state) => state.sessionCounts) ?? noProjects;
  const paths = withChosen([...counts.keys()].slice(0, MAX_PROJECTS), filters.project);
  return (
    <div role="group" aria-label="Narrow the costs" className={filterBarClass}>
      <Choice label="Days" value={filters.range} options={ranges} onValue={(range) => setFilters({ range })} />
      {filters.range === "between" && <DayRange filters={filters} onChange={setFilters} />}
      <Choice
        label="Project"
        marks
        value={filters.project}
        options={[["", "All projects"], ...paths.map((path) => [path, visibleText(projectName(path))] as const)]}
        onValue={(project) => setFilters({ project })}
      />
      <LabelChoice filters={filters} onChange={setFilters} />
      <Choice
        label="Model"
        marks
        value={filters.model}
        options={[
          ["", "All models"],
          ...withChosen(models, filters.model).map((model) => [model, visibleText(model)] as const),
        ]}
        onValue={(model) => setFilters({ model })}
      />
      <Choice
        label="Owner"
        marks
        value={filters.owner}
        options={[
          ["", "Any owner"],
          ["owned", "Run from here"],
          ["observed", "Run elsewhere"],
        ]}
        onValue={(owner) => setFilters({ owner })}
      />
      {isNarrowed(filters) && (
        <Button
          look="quiet"
          size="small"
          onClick={() => setFilters({ ...defaultFilters, range: filters.range, ...daysOnly(filters) })}
        >
          <X aria-hidden className="size-3.5" /> No filters
        </Button>
      )}
    </div>
  );
}

/** Only where there are labels. */
function LabelChoice(props: FilterChange) {
  const { filters, onChange } = props;
  const labels = useCosts((state) => state.answers.labels) ?? [];
  const isUnlabelled = filters.label === UNLABELLED;
  const offered = isUnlabelled ? labels : withChosen(labels, filters.label);
  if (offered.length === 0 && !isUnlabelled) return null;
  return (
    <Choice
      label="Label"
      marks
      value={filters.label}
      options={[
        ["", "All labels"],
        [UNLABELLED, NO_LABEL_WORDS],
        ...offered.map((label) => [label, visibleText(label)] as const),
      ]}
      onValue={(label) => onChange({ label })}
    />
  );
}

function daysOnly({ fromDay, toDay }: CostFilters) {
  return { fromDay, toDay };
}

function withChosen(offered: readonly string[], chosen: string): readonly string[] {
  return chosen === "" || offered.includes(chosen) ? offered : [chosen, ...offered];
}

interface FilterChange {
  readonly filters: CostFilters;
  readonly onChange: (change: Partial<CostFilters>) => void;
}

function DayRange(props: FilterChange) {
  const { filters, onChange } = props;
  const { fromDay, toDay } = filters;
  const dateClass = cn(lineControlClass, "w-34");
  return (
    <span className="inline-flex items-center gap-1 text-xs text-dim">
      <input
        type="date"
        aria-label="First day"
        value={fromDay}
        {...(toDay === "" ? {} : { max: toDay })}
        onChange={(event) => onChange({ fromDay: event.target.value })}
        className={dateClass}
      />
      to
      <input
        type="date"
        aria-label="Last day"
        value={toDay}
        {...(fromDay === "" ? {} : { min: fromDay })}
        onChange={(event) => onChange({ toDay: event.target.value })}
        className={dateClass}
      />
    </span>
  );
}
