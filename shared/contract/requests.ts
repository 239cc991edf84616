import type { z } from "zod";
import type { DeepReadonly } from "../model/readonly.ts";
import type { RequestRow } from "./requestRow.ts";
import { budgetRequests } from "./requests/budgetRequests.ts";
import { costRequests } from "./requests/costRequests.ts";
import { hostRequests } from "./requests/hostRequests.ts";
import { messageRequests } from "./requests/messageRequests.ts";
import { sessionRequests } from "./requests/sessionRequests.ts";
import { steeringRequests } from "./requests/steeringRequests.ts";

/**
 * The one table of requests, its rows in a file a subject. Every door (Electron IPC, WebSocket, REST, OpenAPI) is derived
 * from it by mapped types and loops: a row added here is a capability of all of them as soon as the engine answers it.
 */
export const requests = {
  ...hostRequests,
  ...sessionRequests,
  ...steeringRequests,
  ...messageRequests,
  ...costRequests,
  ...budgetRequests,
} as const satisfies Record<string, RequestRow>;

export type RequestName = keyof typeof requests;

/** What a caller may write: fields with a default may be left out. */
export type RequestInput<Name extends RequestName> = DeepReadonly<z.input<(typeof requests)[Name]["params"]>>;

/** What the engine receives: validated, with defaults filled in. */
export type RequestParams<Name extends RequestName> = DeepReadonly<z.output<(typeof requests)[Name]["params"]>>;

export type RequestResult<Name extends RequestName> = DeepReadonly<z.output<(typeof requests)[Name]["result"]>>;
