/** Keeps what the model was shown, so that tests can assert on it. Bounded: the newest requests stay. */
import type { Conversation } from "./conversation.ts";

export type RecordedRequest = {
  /** The `request-id` header of the answer. */
  readonly requestId: string;
  readonly conversation: Conversation;
  readonly body: unknown;
};

export type RequestRecord = {
  readonly requests: readonly RecordedRequest[];
  readonly add: (request: RecordedRequest) => void;
  readonly waitFor: (predicate: (request: RecordedRequest) => boolean) => Promise<RecordedRequest>;
};

/** A body is some 100 KB (system prompt and tools), so this is at most a few tens of megabytes. */
const MAX_RECORDED_REQUESTS = 300;

export function createRequestRecord(): RequestRecord {
  const requests: RecordedRequest[] = [];
  const waiting = new Set<(request: RecordedRequest) => void>();
  return {
    requests,
    add: (request) => {
      requests.push(request);
      if (requests.length > MAX_RECORDED_REQUESTS) requests.shift();
      for (const offer of waiting) offer(request);
    },
    waitFor: (predicate) => {
      const seen = requests.find(predicate);
      if (seen !== undefined) return Promise.resolve(seen);
      return new Promise((resolve) => {
        function offer(request: RecordedRequest): void {
          if (!predicate(request)) return;
          waiting.delete(offer);
          resolve(request);
        }
        waiting.add(offer);
      });
    },
  };
}
