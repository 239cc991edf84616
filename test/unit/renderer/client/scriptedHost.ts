import type { Failure } from "../../../../shared/contract/errors.ts";
import type { ClientFrame, HostFrame } from "../../../../shared/contract/frames.ts";
import { ALL_SCOPES } from "../../../../shared/contract/scopes.ts";
import { CONTRACT_VERSION } from "../../../../shared/contract/version.ts";
import type { OpenPipe, PipeListener } from "../../../../renderer/client/clientPipe.ts";

/** One pipe that the client opened; the test plays the host at its other end. */
export interface HostEnd {
  readonly received: ClientFrame[];
  readonly open: () => void;
  readonly say: (frame: HostFrame) => void;
  readonly sayText: (text: string) => void;
  readonly welcome: (epoch?: string) => void;
  readonly drop: (failure?: Failure) => void;
  readonly isClosedByClient: () => boolean;
}

function createHostEnd(listener: PipeListener): { readonly end: HostEnd; readonly pipe: ReturnType<OpenPipe> } {
  const received: ClientFrame[] = [];
  let isClosed = false;
  const say = (frame: HostFrame): void => listener.onFrame(JSON.stringify(frame));
  return {
    pipe: {
      send: (frame) => {
        const parsed: ClientFrame = JSON.parse(frame);
        received.push(parsed);
      },
      close: () => (isClosed = true),
    },
    end: {
      received,
      open: () => listener.onOpen(),
      say,
      sayText: (text) => listener.onFrame(text),
      welcome: (epoch = "run-1") => {
        listener.onOpen();
        const contractVersion = CONTRACT_VERSION;
        say({ t: "welcome", contractVersion, hostVersion: "9.9.9", epoch, scopes: ALL_SCOPES });
        received.length = 0;
      },
      drop: (failure) => listener.onClose(failure ?? null),
      isClosedByClient: () => isClosed,
    },
  };
}

/** A host whose every move the test makes. */
export function createScriptedHost(): {
  readonly openPipe: OpenPipe;
  readonly ends: HostEnd[];
  readonly last: () => HostEnd;
} {
  const ends: HostEnd[] = [];
  return {
    ends,
    last: () => {
      const end = ends.at(-1);
      if (end === undefined) throw new Error("No pipe was opened.");
      return end;
    },
    openPipe: (listener) => {
      const { end, pipe } = createHostEnd(listener);
      ends.push(end);
      return pipe;
    },
  };
}
