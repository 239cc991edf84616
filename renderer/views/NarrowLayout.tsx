import { Inbox, List } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../components/Button.tsx";
import { SideDrawer } from "../components/SideDrawer.tsx";
import { InboxPanel } from "./InboxPanel.tsx";
import { SessionPane } from "./session/SessionPane.tsx";
import { SessionList } from "./sessions/SessionList.tsx";
import { TopBar } from "./TopBar.tsx";
import { usePermissions, useUi } from "./useStores.ts";

/** One column; the list and the inbox slide in over it. */
export function NarrowLayout() {
  const drawer = useUi((state) => state.drawer);
  const openDrawer = useUi((state) => state.openDrawer);
  const pending = usePermissions((state) => state.pending.length);
  const close = (): void => openDrawer(null);
  // What was asked for while the window was wide must not open by itself when it shrinks.
  useEffect(() => openDrawer(null), [openDrawer]);
  return (
    <div className="flex h-full flex-col">
      <TopBar>
        <Button size="small" onClick={() => openDrawer("sessions")}>
          <List aria-hidden className="size-3.5" />
          Sessions
        </Button>
        <Button size="small" onClick={() => openDrawer("inbox")}>
          <Inbox aria-hidden className="size-3.5" />
          Inbox
          <span className={pending > 0 ? "font-semibold text-warn" : "text-dim"}>{pending}</span>
        </Button>
      </TopBar>
      <div className="min-h-0 grow">
        <SessionPane />
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
