import type { DesktopBridge } from "../../shared/contract/bridge.ts";
import type { OpenPipe } from "./clientPipe.ts";

/** Makes the pipe of the desktop window. It is there as long as the page is, so it never closes by itself. */
export function createBridgePipe(bridge: Pick<DesktopBridge, "pipe">): OpenPipe {
  return (listener) => {
    const stop = bridge.pipe.onFrame(listener.onFrame);
    queueMicrotask(listener.onOpen);
    return { send: bridge.pipe.send, close: stop };
  };
}
