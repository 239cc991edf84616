import { Bot } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../../../components/Button.tsx";
import { counted } from "../../../terminal/figures.ts";
import { visibleText } from "../../../../shared/text/visibleText.ts";
import { useFeed, useSubagents } from "../../useStores.ts";
import type { SubagentRow } from "../transcriptRow.ts";
import { RowFrame } from "./RowFrame.tsx";

/** The end of what is loaded of a sub-agent. Further events are asked for as soon as it comes into sight. */
export function SubagentRowView({ row }: { readonly row: SubagentRow }) {
  const { state, toolUseId, isLoading, problem } = row;
  const sessionId = useFeed((feed) => feed.sessionId);
  const loadMore = useSubagents((subagents) => subagents.loadMore);
  const load = (): void => void (sessionId !== null && loadMore(sessionId, toolUseId));
  const isWanted = state === "more" && !isLoading;
  useEffect(() => {
    if (isWanted && sessionId !== null) void loadMore(sessionId, toolUseId);
  }, [isWanted, sessionId, toolUseId, loadMore]);
  const canAsk = (state === "failed" || state === "running") && !isLoading;
  return (
    <RowFrame row={row} icon={<Bot aria-hidden className="size-4 text-dim" />} className="text-xs text-dim">
      <p className="flex flex-wrap items-center gap-2" role="status">
        {isLoading ? "Loading what the sub-agent said…" : words(row)}
        {problem !== null && <span className="text-danger">{visibleText(problem)}</span>}
        {canAsk && (
          <Button size="small" onClick={load}>
            {state === "failed" ? "Try again" : "Look again"}
          </Button>
        )}
      </p>
    </RowFrame>
  );
}

function words({ state, loaded }: SubagentRow): string {
  switch (state) {
    case "empty":
      return "Nothing is kept of what this sub-agent said.";
    case "more":
      return "More of the sub-agent follows.";
    case "running":
      return loaded === 0 ? "The sub-agent has said nothing yet." : "The sub-agent is still at work.";
    case "full":
      return `The first ${counted(loaded, "event")} of this sub-agent are shown. Export the session to read the rest.`;
    case "failed":
      return "The sub-agent's events did not load.";
  }
}
