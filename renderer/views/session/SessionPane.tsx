import { Tabs } from "radix-ui";
import { Button } from "../../components/Button.tsx";
import { EmptyState } from "../../components/EmptyState.tsx";
import { Keys } from "../../components/Keys.tsx";
import { sessionTabSchema } from "../../stores/uiPreferences.ts";
import { Composer } from "../composer/Composer.tsx";
import { SessionCostTab } from "../costs/SessionCostTab.tsx";
import { StreamView } from "../stream/StreamView.tsx";
import { TranscriptView } from "../transcript/TranscriptView.tsx";
import { useFeed, useSessions, useUi } from "../useStores.ts";
import { ExportProgressBar } from "./ExportProgressBar.tsx";
import { FailureDetail } from "./FailureDetail.tsx";
import { SessionHeader } from "./SessionHeader.tsx";
import { TakeOverRefusal } from "./TakeOverRefusal.tsx";

const tabClass =
  "h-8 border-b-2 border-transparent px-2.5 text-dim hover:text-ink data-[state=active]:border-accent data-[state=active]:font-semibold data-[state=active]:text-ink";

/** The chosen session: what it is, what is said and done in it, and the composer. */
export function SessionPane() {
  const sessionId = useUi((state) => state.chosenSessionId);
  const session = useSessions((state) => (sessionId === null ? undefined : state.byId[sessionId]));
  const tab = useUi((state) => state.tab);
  const setPreferences = useUi((state) => state.setPreferences);
  if (session === undefined) return <NothingChosen />;
  return (
    <main aria-label="Session" className="flex h-full min-h-0 flex-col bg-canvas">
      <SessionHeader session={session} />
      <FailureDetail session={session} />
      <TakeOverRefusal session={session} />
      <ExportProgressBar sessionId={session.sessionId} />
      <Tabs.Root
        value={tab}
        onValueChange={(value) => {
          const parsed = sessionTabSchema.safeParse(value);
          if (parsed.success) setPreferences({ tab: parsed.data });
        }}
        className="flex min-h-0 grow flex-col"
      >
        <Tabs.List aria-label="How the session is shown" className="flex gap-1 border-b border-line bg-panel px-2">
          <Tabs.Trigger value="stream" className={tabClass}>
            Stream
          </Tabs.Trigger>
          <Tabs.Trigger value="transcript" className={tabClass}>
            Transcript
          </Tabs.Trigger>
          <Tabs.Trigger value="cost" className={tabClass}>
            Cost
          </Tabs.Trigger>
        </Tabs.List>
        <FeedProblem />
        <Tabs.Content value="stream" className="min-h-0 grow" tabIndex={-1}>
          <StreamView />
        </Tabs.Content>
        <Tabs.Content value="transcript" className="min-h-0 grow" tabIndex={-1}>
          <TranscriptView />
        </Tabs.Content>
        <Tabs.Content value="cost" className="min-h-0 grow" tabIndex={-1}>
          <SessionCostTab sessionId={session.sessionId} />
        </Tabs.Content>
      </Tabs.Root>
      <Composer key={session.sessionId} session={session} />
    </main>
  );
}

function FeedProblem() {
  const failure = useFeed((state) => state.failure);
  if (failure === null) return null;
  return (
    <p role="alert" className="bg-danger-soft px-3 py-1.5">
      The events of this session cannot be shown: {failure.message}
    </p>
  );
}

function NothingChosen() {
  const loaded = useSessions((state) => state.loaded);
  const isEmpty = useSessions((state) => Object.keys(state.byId).length === 0);
  const openDialog = useUi((state) => state.openDialog);
  return (
    <main aria-label="Session" className="flex h-full items-center bg-canvas">
      <EmptyState
        title={loaded ? (isEmpty ? "No session yet" : "No session is chosen") : "Waiting for the host…"}
        action={
          loaded && (
            <Button look="primary" onClick={() => openDialog({ kind: "newSession", cwd: null, resume: null })}>
              New session
            </Button>
          )
        }
      >
        {loaded && (isEmpty ? "Start one to watch and steer it here." : <ChooseHint />)}
      </EmptyState>
    </main>
  );
}

function ChooseHint() {
  return (
    <>
      Choose one on the left, or move with <Keys keys={["J", "K"]} /> and open with <Keys keys={["Enter"]} />.
    </>
  );
}
