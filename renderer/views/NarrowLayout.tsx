import { List } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../components/Button.tsx";
import { SideDrawer } from "../components/SideDrawer.tsx";
import { CostsPage } from "./costs/CostsPage.tsx";
import { IndexStrip } from "./index/IndexStrip.tsx";
import { InboxButton } from "./InboxButton.tsx";
import { InboxPanel } from "./InboxPanel.tsx";
import { ProcessesPage } from "./processes/ProcessesPage.tsx";
import { SearchPage } from "./search/SearchPage.tsx";
import { SessionPane } from "./session/SessionPane.tsx";
import { SessionList } from "./sessions/SessionList.tsx";
import { TopBar } from "./TopBar.tsx";
import { useUi } from "./useStores.ts";

/** One column; the list and the inbox slide in over it. */
export function NarrowLayout() {
  const page = useUi((state) => state.page);
  const drawer = useUi((state) => state.drawer);
  const openDrawer = useUi((state) => state.openDrawer);
  const close = (): void => openDrawer(null);
  // What was asked for while the window was wide must not open by itself when it shrinks.
  useEffect(() => openDrawer(null), [openDrawer]);
  return (
    <div className="flex h-full flex-col">
      <TopBar>
        {page === "sessions" && (
          <Button size="small" aria-label="Session list" onClick={() => openDrawer("sessions")}>
            <List aria-hidden className="size-3.5" />
            <span className="max-sm:hidden">List</span>
          </Button>
        )}
        <InboxButton onOpen={() => openDrawer("inbox")} />
      </TopBar>
      <IndexStrip />
      <div className="flex min-h-0 grow flex-col">
        {page === "sessions" && <SessionPane />}
        {page === "search" && <SearchPage />}
        {page === "costs" && <CostsPage />}
        {page === "processes" && <ProcessesPage />}
      </div>
      <SideDrawer side="left" title="Sessions" open={drawer === "sessions"} onClose={close}>
        <SessionList />
      </SideDrawer>
      <SideDrawer side="right" title="Permission inbox" open={drawer === "inbox"} onClose={close}>
        <InboxPanel />
      </SideDrawer>
    </div>
  );
}
