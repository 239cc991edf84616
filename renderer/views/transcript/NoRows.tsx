import { Button } from "../../components/Button.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { useFeed, useSessions, useTranscriptWindow } from "../useStores.ts";

/** What stands in the place of a transcript that has no rows. */
export function NoRows({ onEnd }: { readonly onEnd: () => void }) {
  const phase = useFeed((state) => state.phase);
  const away = useTranscriptWindow((state) => state.phase);
  const problem = useTranscriptWindow((state) => state.failure?.message ?? null);
  const sessionId = useFeed((state) => state.sessionId);
  const isLive = useSessions((state) => sessionId !== null && state.byId[sessionId]?.live === true);
  if (away === "loading") return <EmptyState title="Loading the place…">Its events are on their way.</EmptyState>;
  if (away !== "none") {
    return (
      <EmptyState
        title={problem === null ? "Nothing is kept of this place" : "The place did not load"}
        action={<Button onClick={onEnd}>Show the session's end</Button>}
      >
        {problem}
      </EmptyState>
    );
  }
  if (phase === "failed") return <EmptyState title="This session cannot be shown" />;
  if (phase === "loading") return <EmptyState title="Loading the session…" />;
  if (phase === "none") {
    return <EmptyState title="No session is chosen">Choose one on the left, or start one.</EmptyState>;
  }
  return (
    <EmptyState title="Nothing was said yet">
      {isLive ? "Write to the session below." : "Its transcript holds no conversation."}
    </EmptyState>
  );
}
