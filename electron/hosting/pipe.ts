/** One connected client's transport, as hosting sees it: frames as JSON text in both directions, in order. */
export interface Pipe {
  /** Hands a frame over. Does nothing on a closed pipe. */
  readonly send: (frame: string) => void;
  /** Calls back with each frame the client wrote. Set once. */
  readonly onFrame: (listener: (frame: string) => void) => void;
  /** Calls back once when the client is gone, whoever closed. Set once. */
  readonly onClose: (listener: () => void) => void;
  readonly close: () => void;
  /** Bytes handed over that the client has not taken yet; missing where the transport cannot tell. */
  readonly bufferedBytes?: () => number;
}
