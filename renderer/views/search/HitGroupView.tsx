import { Bot, Sparkles, User } from "lucide-react";
import { useId } from "react";
import type { SearchHit } from "../../../shared/model/search.ts";
import { cn } from "../../components/cn.ts";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { projectName } from "../../stores/sessionList.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useSearch } from "../useStores.ts";
import type { HitGroup } from "./groupHits.ts";
import { speakerWords } from "./searchWords.ts";

const roleIcons = { user: User, assistant: Sparkles, subagent: Bot } as const satisfies Record<
  SearchHit["role"],
  unknown
>;

type OnOpen = (hit: SearchHit, index: number) => void;

/** Hits of one session below its title. */
export function HitGroupView({ group, onOpen }: { readonly group: HitGroup; readonly onOpen: OnOpen }) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId} className="mt-2 max-w-240">
      <h3 id={titleId} className="flex min-w-0 items-baseline gap-2 px-2">
        <span className="min-w-0 truncate font-semibold" title={visibleText(group.title)}>
          {visibleText(group.title)}
        </span>
        <span className="shrink-0 text-xs text-dim" title={visibleText(group.projectPath)}>
          {visibleText(projectName(group.projectPath))}
        </span>
      </h3>
      <ul>
        {group.hits.map(({ hit, index }) => (
          <li key={index}>
            <HitRow hit={hit} index={index} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function HitRow({ hit, index, onOpen }: { readonly hit: SearchHit; readonly index: number; readonly onOpen: OnOpen }) {
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
      {hit.at === null ? <span /> : <RelativeTime at={hit.at} className="text-xs leading-5 text-dim" />}
    </button>
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
