/** Who may speak to the shell: the main frame of our own window, while it shows our own page. */
import type { WebContents, WebFrameMain } from "electron";
import { isSameOrigin } from "./pageAddress.ts";

/** The part of an IPC event that tells where it came from. */
export interface IpcSender {
  readonly sender: WebContents;
  readonly senderFrame: WebFrameMain | null;
}

export interface TrustedPage {
  readonly contents: WebContents;
  readonly url: string;
}

/**
 * True for a message from the page itself. A frame inside the page, another window, and a page that navigated away
 * (whose frame is null by then) are refused.
 */
export function isFromTrustedPage(event: IpcSender, page: TrustedPage): boolean {
  const frame = event.senderFrame;
  if (frame === null || event.sender !== page.contents) return false;
  return frame === page.contents.mainFrame && frame.parent === null && isSameOrigin(frame.url, page.url);
}
