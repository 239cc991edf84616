/** The tray's menu as a template: what waits for a person, oldest first. Pure. */
import type { MenuItemConstructorOptions } from "electron";
import type { HostOverview } from "./observeHost.ts";
import { oneLine, pendingCountWords, permissionTitle } from "./permissionWords.ts";

export interface TrayActions {
  readonly open: () => void;
  readonly openPermission: (permissionId: string) => void;
  readonly quit: () => void;
}

/** A menu longer than this runs off small screens; the inbox lists all. */
const MAX_LISTED = 10;

export function trayMenuTemplate(overview: HostOverview, actions: TrayActions): MenuItemConstructorOptions[] {
  const { pending, running } = overview;
  const listed = pending.slice(0, MAX_LISTED).map((permission): MenuItemConstructorOptions => {
    const session = running.get(permission.sessionId);
    const title = session === undefined ? "" : ` – ${oneLine(session.title)}`;
    return {
      label: escapeMnemonic(permissionTitle(permission) + title),
      click: () => actions.openPermission(permission.permissionId),
    };
  });
  const more = pending.length - listed.length;
  return [
    { label: "Open Switchboard", click: actions.open },
    { type: "separator" },
    { label: pendingCountWords(pending.length), enabled: false },
    ...listed,
    ...(more > 0 ? [{ label: `${more} more…`, click: actions.open }] : []),
    { type: "separator" },
    { label: "Quit", click: actions.quit },
  ];
}

/** A single `&` in a menu label would vanish and underline the next letter. */
function escapeMnemonic(label: string): string {
  return label.replaceAll("&", "&&");
}
