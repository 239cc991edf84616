import { Group, Panel, Separator } from "react-resizable-panels";
import { CostsPage } from "./costs/CostsPage.tsx";
import { IndexStrip } from "./index/IndexStrip.tsx";
import { InboxButton } from "./InboxButton.tsx";
import { InboxPanel } from "./InboxPanel.tsx";
import { ProcessesPage } from "./processes/ProcessesPage.tsx";
import { SearchPage } from "./search/SearchPage.tsx";
import { SessionPane } from "./session/SessionPane.tsx";
import { SessionList } from "./sessions/SessionList.tsx";
import { TopBar } from "./TopBar.tsx";
import { useStores, useUi } from "./useStores.ts";

const separatorClass =
  "w-px bg-line transition-colors hover:bg-accent data-[separator=active]:bg-accent data-[separator=focus]:bg-accent";

/** The page under the top bar. */
export function WideLayout() {
  const page = useUi((state) => state.page);
  const requestFocus = useUi((state) => state.requestFocus);
  return (
    <div className="flex h-full flex-col">
      <TopBar>{page !== "sessions" && <InboxButton onOpen={() => requestFocus("inbox")} />}</TopBar>
      <IndexStrip />
      <div className="flex min-h-0 grow flex-col">
        {page === "sessions" && <SessionColumns />}
        {page === "search" && <SearchPage />}
        {page === "costs" && <CostsPage />}
        {page === "processes" && <ProcessesPage />}
      </div>
    </div>
  );
}

/** Three columns whose widths are kept. */
function SessionColumns() {
  const { ui } = useStores();
  const setPreferences = useUi((state) => state.setPreferences);
  return (
    <Group
      orientation="horizontal"
      className="min-h-0 grow"
      defaultLayout={ui.getState().panels}
      onLayoutChanged={({ sessions, session, inbox }) => {
        if (sessions === undefined || session === undefined || inbox === undefined) return;
        setPreferences({ panels: { sessions, session, inbox } });
      }}
    >
      <Panel id="sessions" minSize="190px" maxSize="40%">
        <SessionList />
      </Panel>
      <Separator aria-label="Width of the session list" className={separatorClass} />
      <Panel id="session" minSize="360px">
        <SessionPane />
      </Panel>
      <Separator aria-label="Width of the inbox" className={separatorClass} />
      <Panel id="inbox" minSize="240px" maxSize="50%">
        <InboxPanel />
      </Panel>
    </Group>
  );
}
