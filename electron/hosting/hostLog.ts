type WriteLog = (detail: object, message: string) => void;

/** The part of a pino logger that hosting and the web host write to. */
export interface HostLog {
  readonly info: WriteLog;
  readonly warn: WriteLog;
  readonly error: WriteLog;
}
