type WriteLog = (detail: object, message: string) => void;

/** The part of a pino logger that the engine writes to. */
export interface EngineLog {
  readonly info: WriteLog;
  readonly warn: WriteLog;
  readonly error: WriteLog;
}
