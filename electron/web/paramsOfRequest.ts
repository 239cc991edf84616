import { z } from "zod";
import { RequestError } from "../../shared/contract/errors.ts";
import type { RequestRow } from "../../shared/contract/requestRow.ts";
import { isJsonObject } from "../../shared/model/json.ts";

/** The parts of an HTTP request that carry params. */
export interface HttpParams {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

function toNumber(text: string): unknown {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? text : number;
}

/** A text that does not read as its type stays a text, so that validation names the field. */
function convert(value: unknown, type: unknown): unknown {
  if (type === "array" && !Array.isArray(value)) return [value];
  if (typeof value !== "string") return value;
  if (type === "number" || type === "integer") return toNumber(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

function fieldsOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (isJsonObject(value)) return value;
  throw new RequestError("bad_request", `The ${what} must be a JSON object.`);
}

/** The JSON Schema type of each param, where it has a single one. */
function typesOf(row: RequestRow): ReadonlyMap<string, unknown> {
  const { properties = {} } = z.toJSONSchema(row.params, { io: "input", unrepresentable: "any" });
  return new Map(
    Object.entries(properties).map(([name, schema]) => [name, typeof schema === "object" ? schema.type : undefined]),
  );
}

/**
 * Makes the function that merges path, query and body of a row's HTTP requests into one params object. The path wins
 * over the body and the body over the query. Texts of path and query are converted by the type that the row's schema
 * gives them.
 */
export function createParamsReader(row: RequestRow): (http: HttpParams) => Readonly<Record<string, unknown>> {
  // At the first request, not for all rows at the host's start.
  let types: ReadonlyMap<string, unknown> | null = null;
  const typeOf = (name: string): unknown => (types ??= typesOf(row)).get(name);
  const fromTexts = (texts: unknown, what: string): readonly (readonly [string, unknown])[] =>
    Object.entries(fieldsOf(texts, what)).map(([name, text]) => [name, convert(text, typeOf(name))]);

  return ({ path, query, body }) =>
    Object.fromEntries([
      ...fromTexts(query, "query"),
      ...Object.entries(fieldsOf(body, "body")),
      ...fromTexts(path, "path"),
    ]);
}
