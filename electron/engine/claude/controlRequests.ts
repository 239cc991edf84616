/**
 * The control requests that we have sent and that are not answered yet.
 * Invariant: every one of them ends: answered, refused, timed out, or failed because the process is gone.
 */
import { randomUUID } from "node:crypto";
import type { JsonObject } from "../../../shared/model/json.ts";
import type { ControlResponseMessage } from "./claudeMessage.ts";
import { ClaudeProcessError } from "./claudeProcessError.ts";
import { encodeControlRequest } from "./encodeMessage.ts";
import type { InputPipe } from "./inputPipe.ts";

interface OpenRequest {
  readonly subtype: string;
  readonly resolve: (response: JsonObject) => void;
  readonly reject: (error: ClaudeProcessError) => void;
  readonly timer: NodeJS.Timeout;
}

export interface ControlRequests {
  /** @throws ClaudeProcessError `refused`, `timed_out`, `not_running` or `input_full`. */
  readonly send: (subtype: string, body: JsonObject, timeoutMs: number) => Promise<JsonObject>;
  /** Ends the request that the message answers; does nothing for one that is not ours or no longer open. */
  readonly settle: (message: ControlResponseMessage) => void;
  readonly failAll: (message: string) => void;
}

export function createControlRequests(input: InputPipe): ControlRequests {
  const open = new Map<string, OpenRequest>();

  function take(requestId: string): OpenRequest | null {
    const request = open.get(requestId);
    if (request === undefined) return null;
    open.delete(requestId);
    clearTimeout(request.timer);
    return request;
  }

  function fail(requestId: string, error: ClaudeProcessError): void {
    take(requestId)?.reject(error);
  }

  return {
    send: (subtype, body, timeoutMs) =>
      new Promise((resolve, reject) => {
        const requestId = randomUUID();
        const timer = setTimeout(() => fail(requestId, timedOut(subtype, timeoutMs)), timeoutMs);
        open.set(requestId, { subtype, resolve, reject, timer });
        input.write(encodeControlRequest(requestId, subtype, body), (error) => {
          if (error !== null) fail(requestId, error);
        });
      }),
    settle: ({ requestId, outcome }) => {
      const request = take(requestId);
      if (request === null) return;
      if (outcome.ok) request.resolve(outcome.response);
      else
        request.reject(new ClaudeProcessError("refused", `The session refused ${request.subtype}: ${outcome.error}`));
    },
    failAll: (message) => {
      for (const requestId of open.keys()) fail(requestId, new ClaudeProcessError("not_running", message));
    },
  };
}

function timedOut(subtype: string, timeoutMs: number): ClaudeProcessError {
  const seconds = String(timeoutMs / 1000);
  return new ClaudeProcessError("timed_out", `The session did not answer ${subtype} within ${seconds} seconds.`);
}
