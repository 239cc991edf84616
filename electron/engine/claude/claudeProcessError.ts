/**
 * `start_failed`: the system could not start it. `not_running`: it is gone, or its input is closed. `input_full`: it
 * does not read what it is sent. `refused`: it answered a control request with an error. `timed_out`: it did not answer.
 */
export type ClaudeProcessErrorCode = "start_failed" | "not_running" | "input_full" | "refused" | "timed_out";

/** What can go wrong between us and a child, with words for the person who asked. */
export class ClaudeProcessError extends Error {
  override readonly name = "ClaudeProcessError";
  readonly code: ClaudeProcessErrorCode;

  constructor(code: ClaudeProcessErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
