import { RequestError } from "../../shared/contract/errors.ts";
import type { RequestRow } from "../../shared/contract/requestRow.ts";
import type { Scope } from "../../shared/contract/scopes.ts";
import type { RequestContext } from "../engine/engine.ts";
import { describeIssues } from "./describeIssues.ts";

/** Rows by request name; `requests` is the one that ships. */
export type RequestTable = Readonly<Record<string, RequestRow>>;

/** Functions by request name. Each takes the params of its own row, which the compiler cannot follow through a name. */
type HandlerTable = Readonly<Record<string, (params: never, context: RequestContext) => Promise<unknown>>>;

/** What can be asked, and who answers. */
export interface RequestDoor {
  readonly table: RequestTable;
  readonly handlers: HandlerTable;
}

/** One call as a door received it: nothing of it is checked yet. */
export interface RequestCall {
  readonly name: string;
  readonly params: unknown;
  readonly scopes: readonly Scope[];
  readonly context: RequestContext;
}

/** Refuses a caller whose token does not carry the scope. @throws RequestError `forbidden`. */
export function requireScope(scopes: readonly Scope[], scope: Scope, what: string): void {
  if (scopes.includes(scope)) return;
  throw new RequestError("forbidden", `${what} needs the scope "${scope}", which this token does not have.`, {
    scope,
  });
}

/**
 * The only way from any door to the engine: scope, then validation, then the handler of that name.
 * @throws RequestError `not_found` for an unknown name, `forbidden`, `bad_request` or `too_large` with the fields that
 * are wrong, and whatever the handler throws.
 */
export async function callRequest(door: RequestDoor, call: RequestCall): Promise<unknown> {
  const { name, context, scopes } = call;
  const row = Object.hasOwn(door.table, name) ? door.table[name] : undefined;
  const handler = Object.hasOwn(door.handlers, name) ? door.handlers[name] : undefined;
  if (row === undefined || handler === undefined) {
    throw new RequestError("not_found", `There is no request "${name}". The API document lists all of them.`);
  }
  requireScope(scopes, row.scope, name);
  const parsed = row.params.safeParse(call.params);
  if (!parsed.success) throw describeIssues(parsed.error);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the row of this very name has just made these params
  return handler(parsed.data as never, context);
}
