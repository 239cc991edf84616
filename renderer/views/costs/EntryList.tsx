import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { CostEntry } from "../../../shared/model/cost.ts";
import { Button } from "../../components/Button.tsx";
import { formatTokens } from "../../components/formats.ts";
import type { CostDetail } from "../../stores/costDetail.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { useCostEntries } from "../useStores.ts";
import { formatCost, formatMoment } from "./costFormats.ts";
import { EntryPrice } from "./EntryPrice.tsx";

/** Messages of the API, each unfolding into how its cost comes about. */
export function EntryList({ detail, label }: { readonly detail: CostDetail; readonly label: string }) {
  const { items, nextCursor, isLoading, failure, loadMore } = useCostEntries(detail, (state) => state);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <div className="flex flex-col gap-1" aria-busy={isLoading}>
      <ul aria-label={label} className="flex flex-col">
        {items?.map((entry) => (
          <Entry
            key={entry.entryId}
            entry={entry}
            isOpen={open === entry.entryId}
            onToggle={() => setOpen(open === entry.entryId ? null : entry.entryId)}
          />
        ))}
      </ul>
      {items === null && failure === null && <p className="text-xs text-dim">Loading the messages…</p>}
      {items?.length === 0 && <p className="text-xs text-dim">No messages.</p>}
      {failure !== null && (
        <p role="alert" className="text-danger">
          The messages did not load: {failure.message}
        </p>
      )}
      {nextCursor !== null && (
        <Button className="self-start" size="small" disabled={isLoading} onClick={() => void loadMore()}>
          {isLoading ? "Loading more…" : "Show more messages"}
        </Button>
      )}
    </div>
  );
}

function Entry(props: { readonly entry: CostEntry; readonly isOpen: boolean; readonly onToggle: () => void }) {
  const { entry, isOpen, onToggle } = props;
  const { at, model, isSubagent, tools, tokens, costUsd, speed, inferenceGeo } = entry;
  const Icon = isOpen ? ChevronDown : ChevronRight;
  const told = Object.values(tokens).reduce<number>((total, count) => total + (count ?? 0), 0);
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className="flex w-full items-center gap-2 rounded py-1 text-left text-xs hover:bg-sunken"
      >
        <Icon aria-hidden className="size-3.5 shrink-0 text-dim" />
        <span className="shrink-0">{at === null ? "time unknown" : formatMoment(at)}</span>
        <span className="min-w-0 truncate font-mono text-dim">{visibleText(model ?? "unknown model")}</span>
        {isSubagent && <Mark words="sub-agent" />}
        {tools.length > 0 && (
          <span className="min-w-0 shrink truncate max-sm:hidden">{tools.map(visibleText).join(", ")}</span>
        )}
        {speed === "fast" && <Mark words="fast" />}
        {inferenceGeo === "us" && <Mark words="US" />}
        <span className="grow" />
        <span className="shrink-0 text-dim max-sm:hidden">{formatTokens(told)} tokens</span>
        <span className="w-20 shrink-0 text-right font-medium">
          {costUsd === null ? "not priced" : formatCost(costUsd)}
        </span>
      </button>
      {isOpen && (
        <div className="pb-2 pl-5">
          <EntryPrice entry={entry} />
        </div>
      )}
    </li>
  );
}

function Mark({ words }: { readonly words: string }) {
  return <span className="shrink-0 rounded border border-line-strong/60 px-1 text-[11px] leading-4">{words}</span>;
}
