import { z } from "zod";
import { jsonValueSchema } from "../model/jsonSchema.ts";

/** Every way a request can fail, with the HTTP status it has at the REST door. */
export const errorStatus = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  timed_out: 408,
  already_resolved: 409,
  session_id_in_use: 409,
  session_not_live: 409,
  /** Another process has the session open. */
  session_open_elsewhere: 409,
  process_changed: 409,
  process_still_running: 409,
  payload_not_cancellable: 409,
  /** A budget is used up and holds new turns; `detail` names it. */
  budget_reached: 409,
  too_large: 413,
  wrong_host: 421,
  directory_unusable: 422,
  transcript_missing: 410,
  contract_mismatch: 426,
  too_many_sessions: 429,
  too_many_requests: 429,
  internal: 500,
  claude_failed: 502,
  claude_unavailable: 503,
  search_unavailable: 503,
  /** Only ever seen by a client: the host went away before it answered. */
  disconnected: 503,
  shutting_down: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

export const failureSchema = z.object({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of a constant are known to be its keys
  code: z.enum(Object.keys(errorStatus) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  detail: jsonValueSchema.optional(),
});
/** A failure as it crosses the wire: no stack, no cause. */
export type Failure = z.infer<typeof failureSchema>;

/** An expected failure with a code from the closed list and a message that its reader can act on. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: ErrorCode;
  readonly detail: Failure["detail"];

  constructor(code: ErrorCode, message: string, detail?: Failure["detail"]) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

/** What a client may see of anything thrown: expected failures as they are, all else without its insides. */
export function toFailure(thrown: unknown): Failure {
  if (!(thrown instanceof RequestError)) {
    return { code: "internal", message: "The host could not finish this request. Its log has the reason." };
  }
  const { code, message, detail } = thrown;
  return detail === undefined ? { code, message } : { code, message, detail };
}
