import type { RequestInput, RequestName, RequestResult } from "../../shared/contract/requests.ts";

/** All that a store needs of the connection: ask one row of the contract. Rejects with `RequestError`. */
export type Request = <Name extends RequestName>(
  name: Name,
  params: RequestInput<Name>,
) => Promise<RequestResult<Name>>;

/** Something to tell the person once: what happened, and what can be done about it. */
export interface Notice {
  readonly tone: "failure" | "success" | "info";
  readonly title: string;
  readonly text: string | null;
}

/** Shows a notice. The app wires it to its toasts. */
export type Notify = (notice: Notice) => void;
