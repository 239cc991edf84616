import { Bot, ChevronDown, ChevronRight, Sparkles, User } from "lucide-react";
import { useId } from "react";
import type { SearchHit } from "../../../shared/model/search.ts";
import { Button } from "../../components/Button.tsx";
import { cn } from "../../components/cn.ts";
import { formatCount, formatExact } from "../../components/formats.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { type HitGroup, type RankedHit, shownHits } from "../../stores/hitGroups.ts";
import { projectName } from "../../stores/sessionList.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useSearch } from "../useStores.ts";
import { timesOfAlike } from "./hitTimes.ts";
import { speakerWords } from "./searchWords.ts";

const roleIcons = { user: User, assistant: Sparkles, subagent: Bot } as const satisfies Record<
  SearchHit["role"],
  unknown
>;

type OnOpen = (hit: SearchHit, index: number) => void;

/**
 * Hits of one session below its title. What unfolds the others stands in the title's line, so that it can come with a later
 * page and move nothing.
 */
export function HitGroupView({ group, onOpen }: { readonly group: HitGroup; readonly onOpen: OnOpen }) {
  const [titleId, listId] = [useId(), useId()];
  const shown = shownHits(group);
  const times = timesOfAlike(shown);
  return (
    <section aria-labelledby={titleId} className="mt-2 max-w-320">
      <div className="flex h-6 min-w-0 items-center gap-2 px-2">
        <h3 id={titleId} className="flex min-w-0 items-baseline gap-2">
          <span className="min-w-0 truncate font-semibold" title={visibleText(group.title)}>
            {visibleText(group.title)}
          </span>
          <span className="shrink-0 text-xs text-dim" title={visibleText(group.projectPath)}>
            {visibleText(projectName(group.projectPath))}
          </span>
        </h3>
        <Fold group={group} listId={listId} />
      </div>
      <ul id={listId}>
        {shown.map((ranked) => (
          <li key={ranked.index}>
            <HitRow {...ranked} time={times.get(ranked.index) ?? null} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The arrow keys reach it, as they reach the hits. */
function Fold({ group, listId }: { readonly group: HitGroup; readonly listId: string }) {
  const unfold = useSearch((state) => state.unfold);
  const { sessionId, title, hits, few, shown } = group;
  if (hits.length === few) return null;
  const more = hits.length - shown;
  const isUnfolded = more === 0;
  const Icon = isUnfolded ? ChevronDown : ChevronRight;
  const words = isUnfolded ? "Fewer" : `${formatCount(more)} more`;
  return (
    <Button
      look="quiet"
      size="small"
      className="h-6 shrink-0 px-1.5 text-xs text-accent"
      data-fold={sessionId}
      tabIndex={-1}
      aria-expanded={isUnfolded}
      aria-controls={listId}
      aria-label={`${words} in this session: ${visibleText(title)}`}
      onClick={() => unfold(sessionId, !isUnfolded)}
    >
      <Icon aria-hidden className="size-3.5" />
      {words}
      <span className="-ml-0.5 max-sm:hidden">in this session</span>
    </Button>
  );
}

function HitRow(props: RankedHit & { readonly time: string | null; readonly onOpen: OnOpen }) {
  const { hit, index, time, onOpen } = props;
  const isActive = useSearch((state) => state.activeIndex === index);
  const Icon = roleIcons[hit.role];
  return (
    <button
      type="button"
      data-hit={index}
      tabIndex={isActive ? 0 : -1}
      onClick={() => onOpen(hit, index)}
      className={cn(
        "grid w-full grid-cols-[auto_1fr_auto] gap-x-2 rounded-md px-2 py-1.5 text-left hover:bg-panel",
        isActive && "bg-panel",
      )}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4", hit.role === "user" ? "text-accent" : "text-dim")} />
      <span className="min-w-0 wrap-anywhere">
        <span className="sr-only">{speakerWords[hit.role]}: </span>
        <Snippet pieces={hit.snippet} />
      </span>
      <HitTime at={hit.at} time={time} />
    </button>
  );
}

/** When it was said; `time`: to be told in full. */
function HitTime({ at, time }: { readonly at: string | null; readonly time: string | null }) {
  if (at === null) return <span />;
  const className = "text-xs leading-5 whitespace-nowrap text-dim";
  if (time === null) return <RelativeTime at={at} className={className} />;
  return (
    <time dateTime={at} title={formatExact(at)} className={className}>
      {time}
    </time>
  );
}

function Snippet({ pieces }: { readonly pieces: SearchHit["snippet"] }) {
  return pieces.map(({ text, isMatch }, index) =>
    isMatch ? (
      // oxlint-disable-next-line react/no-array-index-key -- the pieces of a hit never change
      <mark key={index} className="rounded-xs bg-warn-soft px-px font-semibold text-ink">
        {visibleText(text)}
      </mark>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- the pieces of a hit never change
      <span key={index}>{visibleText(text)}</span>
    ),
  );
}
