import type { z } from "zod";
import type { Scope } from "./scopes.ts";

/** One row of the request table. `path` is below `/api/v1`; `:name` segments are parameters like all others. */
export interface RequestRow {
  readonly doc: string;
  readonly scope: Scope;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: `/${string}`;
  /** The HTTP status of a success; 200 where it is left out. */
  readonly status?: 201 | 202;
  readonly params: z.ZodObject;
  readonly result: z.ZodType;
}

/** Checks a row's shape and keeps its exact types for the types derived from the table. */
export function row<const Row extends RequestRow>(definition: Row): Row {
  return definition;
}
