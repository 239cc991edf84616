import type { HostFrame } from "../../../../shared/contract/frames.ts";
import { CONTRACT_VERSION } from "../../../../shared/contract/version.ts";
import type { HostLog } from "../../../../electron/hosting/hostLog.ts";
import type { Pipe } from "../../../../electron/hosting/pipe.ts";

/** A pipe whose client is the test itself. */
export interface MemoryPipe {
  readonly pipe: Pipe;
  readonly sent: HostFrame[];
  readonly write: (frame: unknown) => void;
  readonly writeText: (text: string) => void;
  readonly hello: () => void;
  readonly close: () => void;
  readonly isClosed: () => boolean;
  readonly setBufferedBytes: (bytes: number) => void;
}

export function createMemoryPipe(): MemoryPipe {
  const sent: HostFrame[] = [];
  let onFrame: ((frame: string) => void) | null = null;
  let onClose: (() => void) | null = null;
  let isClosed = false;
  let buffered = 0;
  const close = (): void => {
    if (isClosed) return;
    isClosed = true;
    onClose?.();
  };
  const write = (frame: unknown): void => onFrame?.(JSON.stringify(frame));
  return {
    pipe: {
      send: (frame) => {
        if (isClosed) return;
        const parsed: HostFrame = JSON.parse(frame);
        sent.push(parsed);
      },
      onFrame: (listener) => (onFrame = listener),
      onClose: (listener) => (onClose = listener),
      close,
      bufferedBytes: () => buffered,
    },
    sent,
    write,
    writeText: (text) => onFrame?.(text),
    hello: () => {
      write({ t: "hello", contractVersion: CONTRACT_VERSION, client: "test" });
      sent.length = 0;
    },
    close,
    isClosed: () => isClosed,
    setBufferedBytes: (bytes) => (buffered = bytes),
  };
}

/** A log that keeps what is written to it. */
export function createMemoryLog(): HostLog & {
  readonly lines: { readonly level: string; readonly message: string }[];
} {
  const lines: { level: string; message: string }[] = [];
  const writeAs = (level: string) => (_detail: object, message: string) => {
    lines.push({ level, message });
  };
  return { info: writeAs("info"), warn: writeAs("warn"), error: writeAs("error"), lines };
}

/** Resolves when all that was planned for after the present I/O has run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
