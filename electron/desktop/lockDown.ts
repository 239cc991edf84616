/**
 * Takes from the page what the app never needs: leaving its own origin, opening windows, embedding other pages, and
 * every permission a web page can ask for. Links go through `openExternal`, which checks them.
 */
import type { Session, WebContents } from "electron";
import { isSameOrigin } from "./pageAddress.ts";

/** For every web contents of the app, whoever created it. */
export function lockDownContents(contents: WebContents, pageUrl: string): void {
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.on("will-frame-navigate", (details) => {
    if (!details.isMainFrame || !isSameOrigin(details.url, pageUrl)) details.preventDefault();
  });
  contents.on("will-redirect", (details) => {
    if (!isSameOrigin(details.url, pageUrl)) details.preventDefault();
  });
}

/** Writing the clipboard after a click is the one permission the page has: the terminal and the copy buttons use it. */
const GRANTED_PERMISSION = "clipboard-sanitized-write";

export function lockDownSession(session: Session, pageUrl: string): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permission === GRANTED_PERMISSION && isSameOrigin(details.requestingUrl, pageUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => {
    return permission === GRANTED_PERMISSION && isSameOrigin(requestingOrigin, pageUrl);
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}));
  session.on("will-download", (event) => event.preventDefault());
}
