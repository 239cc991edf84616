/**
 * The pipe between the page and the engine over Electron's IPC: one client for each load of the page.
 * Owns the pipe's life: it opens with the page's first frame and closes on reload, crash or close of the window.
 * Knows nothing about what a frame says.
 */
import { ipcMain, type IpcMainEvent, type WebContents } from "electron";
import type { Pipe } from "../hosting/pipe.ts";
import { FRAME_CHANNEL } from "./ipcChannels.ts";
import { isFromTrustedPage, type TrustedPage } from "./trustedFrame.ts";

export interface AcceptPipesOptions {
  readonly page: TrustedPage;
  /** Binds a new client; called once for each pipe. */
  readonly onPipe: (pipe: Pipe) => void;
  /** Told of each frame that did not come from our page, with the address it came from. */
  readonly onRefused: (senderUrl: string | null) => void;
}

/** Returns how to stop: closes the open pipe and listens no more. */
export function acceptPipes(options: AcceptPipesOptions): () => void {
  const { page, onPipe, onRefused } = options;
  let open: OpenPipe | null = null;

  function onFrame(event: IpcMainEvent, text: unknown): void {
    if (typeof text !== "string" || !isFromTrustedPage(event, page)) {
      onRefused(event.senderFrame?.url ?? null);
      return;
    }
    if (open === null || open.isClosed()) {
      open = createPipe(page.contents);
      onPipe(open.pipe);
    }
    open.receive(text);
  }

  function closePipe(): void {
    open?.pipe.close();
    open = null;
  }

  ipcMain.on(FRAME_CHANNEL, onFrame);
  page.contents.on("did-start-navigation", (details) => {
    if (details.isMainFrame && !details.isSameDocument) closePipe();
  });
  page.contents.on("render-process-gone", closePipe);
  page.contents.on("destroyed", closePipe);
  return () => {
    ipcMain.off(FRAME_CHANNEL, onFrame);
    closePipe();
  };
}

interface OpenPipe {
  readonly pipe: Pipe;
  readonly receive: (text: string) => void;
  readonly isClosed: () => boolean;
}

function createPipe(contents: WebContents): OpenPipe {
  let onFrame: ((text: string) => void) | null = null;
  let onClose: (() => void) | null = null;
  let closed = false;
  return {
    isClosed: () => closed,
    receive: (text) => onFrame?.(text),
    pipe: {
      send: (text) => {
        if (!closed && !contents.isDestroyed()) contents.send(FRAME_CHANNEL, text);
      },
      onFrame: (listener) => {
        onFrame = listener;
      },
      onClose: (listener) => {
        onClose = listener;
      },
      close: () => {
        if (closed) return;
        closed = true;
        onClose?.();
      },
    },
  };
}
