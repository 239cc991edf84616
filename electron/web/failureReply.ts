import type { FastifyReply } from "fastify";
import { errorStatus, type Failure, RequestError, toFailure } from "../../shared/contract/errors.ts";
import { MAX_CLIENT_FRAME_BYTES } from "../../shared/contract/limits.ts";
import type { HostLog } from "../hosting/hostLog.ts";

/** Answers with a failure as REST tells it: its status and `{error: {code, message, detail?}}`. */
export function replyFailure(reply: FastifyReply, failure: Failure): FastifyReply {
  if (failure.code === "unauthorized") void reply.header("www-authenticate", 'Bearer realm="switchboard"');
  return reply.code(errorStatus[failure.code]).send({ error: failure });
}

/** What fastify adds to an error of its own; errors of handlers have neither. */
interface ServerError extends Error {
  readonly code?: unknown;
  readonly statusCode?: unknown;
}

/** What fastify itself refuses, in the words of the closed list. */
function fromServer(error: ServerError): Error {
  const { code, statusCode } = error;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    return new RequestError("too_large", `A request body may have ${MAX_CLIENT_FRAME_BYTES} bytes at most.`);
  }
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") {
    return new RequestError("bad_request", "Send the body as JSON, with the header Content-Type: application/json.");
  }
  const isClientsFault = typeof statusCode === "number" && statusCode >= 400 && statusCode < 500;
  return isClientsFault ? new RequestError("bad_request", error.message) : error;
}

/** Turns anything thrown on the way of a request into its failure; keeps what is `internal` in the log. */
export function failureOf(error: Error, log: HostLog, what: string): Failure {
  const failure = toFailure(error instanceof RequestError ? error : fromServer(error));
  if (failure.code === "internal") log.error({ err: error, what }, "a request failed");
  return failure;
}
