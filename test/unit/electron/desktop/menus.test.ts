import type { MenuItemConstructorOptions } from "electron";
import { expect, test, vi } from "vitest";
import { applicationMenuTemplate } from "../../../../electron/desktop/applicationMenu.ts";
import { trayMenuTemplate } from "../../../../electron/desktop/trayMenu.ts";
import { pendingPermission } from "../../../support/electronStandIn/permissionFixtures.ts";

/** A menu as a person reads it: label or role, one line each, submenus indented. */
function outline(items: readonly MenuItemConstructorOptions[], indent = ""): readonly string[] {
  return items.flatMap((item) => {
    const name = item.label ?? (item.type === "separator" ? "-" : `<${item.role}>`);
    const line = indent + name + (item.accelerator === undefined ? "" : ` [${item.accelerator}]`);
    return [line, ...(Array.isArray(item.submenu) ? outline(item.submenu, `${indent}  `) : [])];
  });
}

const actions = { sendCommand: () => {}, quit: () => {} };

test("the application menu outside of macOS", () => {
  expect(outline(applicationMenuTemplate("linux", actions))).toEqual([
    "&Session",
    "  New session… [CmdOrCtrl+N]",
    "  -",
    "  <close>",
    "  Settings… [CmdOrCtrl+,]",
    "  -",
    "  Quit [Ctrl+Q]",
    "<editMenu>",
    "&View",
    "  Command palette… [CmdOrCtrl+K]",
    "  -",
    "  <resetZoom>",
    "  <zoomIn>",
    "  <zoomOut>",
    "  -",
    "  <reload>",
    "  <toggleDevTools>",
    "  <togglefullscreen>",
    "&Window",
    "  <minimize>",
    "  <zoom>",
  ]);
});

test("on macOS settings and quit stand in the app's own menu, once", () => {
  const lines = outline(applicationMenuTemplate("darwin", actions));
  expect(lines[0]).toBe("<appMenu>");
  expect(lines.filter((line) => /Settings|Quit/.test(line))).toEqual([
    "  Settings… [CmdOrCtrl+,]",
    "  Quit Switchboard [Cmd+Q]",
  ]);
});

test("the tray lists what waits, oldest first, and counts the rest", () => {
  const pending = Array.from({ length: 12 }, (_, index) =>
    pendingPermission({ permissionId: `permission-${index}`, displayName: `Tool & ${index}` }),
  );
  const openPermission = vi.fn();
  const items = trayMenuTemplate(
    { pending, running: new Map(), alerts: [] },
    { open: () => {}, openPermission, quit: () => {} },
  );
  const lines = outline(items);
  expect(lines.slice(0, 4)).toEqual([
    "Open Switchboard",
    "-",
    "12 permission requests",
    "Tool && 0 asks for permission",
  ]);
  expect(lines.slice(-3)).toEqual(["2 more…", "-", "Quit"]);
  const click = items[4]?.click as (() => void) | undefined;
  click?.();
  expect(openPermission).toHaveBeenCalledExactlyOnceWith("permission-1");
});
