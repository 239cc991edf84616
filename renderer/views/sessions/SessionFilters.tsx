import { ToggleGroup } from "radix-ui";
import { formatCount } from "../../components/formats.ts";
import { type SessionFilter, sessionFilterSchema } from "../../stores/uiPreferences.ts";

const filterWords: Readonly<Record<SessionFilter, string>> = {
  live: "Live",
  needsYou: "Needs you",
  owned: "Owned",
  all: "All",
};

/** Which sessions the list shows, each with how many there are. */
export function SessionFilters(props: {
  readonly filter: SessionFilter;
  readonly counts: Readonly<Record<SessionFilter, number>>;
  readonly onFilter: (filter: SessionFilter) => void;
}) {
  const { filter, counts, onFilter } = props;
  return (
    <ToggleGroup.Root
      type="single"
      value={filter}
      aria-label="Which sessions are listed"
      onValueChange={(value) => {
        const parsed = sessionFilterSchema.safeParse(value);
        if (parsed.success) onFilter(parsed.data);
      }}
      className="-mx-1 flex flex-wrap gap-px"
    >
      {sessionFilterSchema.options.map((option) => (
        <ToggleGroup.Item
          key={option}
          value={option}
          className="h-6 rounded-md px-1 text-[11px] text-dim hover:bg-sunken data-[state=on]:bg-sunken data-[state=on]:font-semibold data-[state=on]:text-ink"
        >
          {filterWords[option]}{" "}
          <span className={option === "needsYou" && counts.needsYou > 0 ? "font-semibold text-warn" : undefined}>
            {formatCount(counts[option])}
          </span>
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
