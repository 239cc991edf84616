import { type ErrorCode, RequestError } from "../../../../shared/contract/errors.ts";
import type { RequestInput, RequestName, RequestResult } from "../../../../shared/contract/requests.ts";
import type { Notice, Request } from "../../../../renderer/stores/request.ts";

type Answers = {
  [Name in RequestName]?: (params: RequestInput<Name>) => RequestResult<Name> | Promise<RequestResult<Name>>;
};

/** A host that answers with what the test says and remembers what it was asked. */
export interface FakeHost {
  readonly request: Request;
  readonly asked: readonly (readonly [RequestName, unknown])[];
  readonly answers: Answers;
  readonly notices: readonly Notice[];
  readonly notify: (notice: Notice) => void;
}

/** Creates a host without answers; a request that has none is a mistake of the test. */
export function createFakeHost(answers: Answers = {}): FakeHost {
  const asked: (readonly [RequestName, unknown])[] = [];
  const notices: Notice[] = [];
  return {
    asked,
    answers,
    notices,
    notify: (notice) => notices.push(notice),
    request: async (name, params) => {
      asked.push([name, params]);
      const answer = answers[name];
      if (answer === undefined) throw new Error(`The test has no answer to ${name}.`);
      return answer(params);
    },
  };
}

/** An answer that refuses with a code and a message. */
export function refuse(code: ErrorCode, message: string, detail?: RequestError["detail"]): () => never {
  return () => {
    throw new RequestError(code, message, detail);
  };
}

/** A promise that the test settles when it wants. */
export function openAnswer<Value>(): { readonly promise: Promise<Value>; readonly resolve: (value: Value) => void } {
  return Promise.withResolvers<Value>();
}
