import type { z } from "zod";
import { failureSchema } from "../../shared/contract/errors.ts";
import { events } from "../../shared/contract/events.ts";
import { clientFrameSchema } from "../../shared/contract/frames.ts";
import type { RequestRow } from "../../shared/contract/requestRow.ts";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import { eventSchemas } from "../../shared/model/event.ts";
import type { RequestTable } from "../hosting/callRequest.ts";
import { type DocumentNode, DocumentSchemas } from "./documentSchemas.ts";
import { SOCKET_PROTOCOL } from "./tokenCheck.ts";

const SOCKET_DOC = `The event stream, as a WebSocket of the subprotocol ${SOCKET_PROTOCOL}. Each message is one frame as JSON \
text. The token goes into the Authorization header, or, from a browser, into a second subprotocol: bearer.<token>.`;

const failureResponse: DocumentNode = {
  description: "A failure: a code from the closed list, a message to act on, and details where there are any.",
  content: {
    "application/json": {
      schema: {
        type: "object",
        properties: { error: { $ref: "#/components/schemas/Failure" } },
        required: ["error"],
      },
    },
  },
};

function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? "");
}

function asNode(value: unknown): DocumentNode {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function without(node: DocumentNode, names: readonly string[]): DocumentNode {
  return Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));
}

function describeParams(row: RequestRow, schemas: DocumentSchemas): DocumentNode {
  const schema = schemas.inline(row.params, "input");
  const properties = asNode(schema["properties"]);
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const inPath = namesIn(row.path);
  const parameter = (name: string, place: "path" | "query"): DocumentNode => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: properties[name],
  });
  const rest = without(properties, inPath);
  const path = inPath.map((name) => parameter(name, "path"));
  if (row.method === "GET" || row.method === "DELETE") {
    return { parameters: [...path, ...Object.keys(rest).map((name) => parameter(name, "query"))] };
  }
  if (Object.keys(rest).length === 0) return { parameters: path };
  const needed = required.filter((name) => !inPath.includes(name));
  const body = { type: "object", properties: rest, ...(needed.length > 0 && { required: needed }) };
  return {
    parameters: path,
    requestBody: { required: needed.length > 0, content: { "application/json": { schema: body } } },
  };
}

function describeRow(name: string, row: RequestRow, schemas: DocumentSchemas): DocumentNode {
  return {
    operationId: name,
    summary: row.doc,
    tags: [name.split(".")[0]],
    "x-scope": row.scope,
    ...describeParams(row, schemas),
    responses: {
      [String(row.status ?? 200)]: {
        description: "Done, or accepted where effects follow as events.",
        content: { "application/json": { schema: schemas.inline(row.result, "output") } },
      },
      default: { $ref: "#/components/responses/Failure" },
    },
  };
}

function describePaths(table: RequestTable, schemas: DocumentSchemas): DocumentNode {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, row] of Object.entries(table)) {
    const path = row.path.replace(/:(\w+)/g, "{$1}");
    const methods = (paths[path] ??= {});
    methods[row.method.toLowerCase()] = describeRow(name, row, schemas);
  }
  return {
    ...paths,
    "/socket": {
      get: {
        operationId: "socket",
        summary: SOCKET_DOC,
        "x-client-frame": { $ref: "#/components/schemas/ClientFrame" },
        responses: { 101: { description: "The socket is open." }, default: { $ref: "#/components/responses/Failure" } },
      },
    },
  };
}

function addEvents(schemas: DocumentSchemas): void {
  const data: Readonly<Record<string, z.ZodType>> = eventSchemas;
  const references = Object.entries(data).map(([type, schema]) => {
    const envelope: DocumentNode = {
      type: "object",
      properties: {
        type: { const: type },
        sessionId: { type: "string" },
        seq: { type: "integer", minimum: 0 },
        at: { type: "string", format: "date-time" },
        data: schemas.inline(schema, "output"),
      },
      required: ["type", "sessionId", "seq", "at", "data"],
    };
    return schemas.add(`event.${type}`, envelope);
  });
  schemas.add("SessionEvent", { oneOf: references });
}

/** Describes the REST door as an OpenAPI 3.1 document, derived from the table of requests and the table of events. */
export function openApiDocument(table: RequestTable, hostVersion: string): DocumentNode {
  const schemas = new DocumentSchemas();
  const paths = describePaths(table, schemas);
  addEvents(schemas);
  schemas.add("Failure", schemas.inline(failureSchema, "output"));
  schemas.add("ClientFrame", schemas.inline(clientFrameSchema, "input"));
  return {
    openapi: "3.1.0",
    info: { title: "Switchboard", version: hostVersion, "x-contract-version": CONTRACT_VERSION },
    servers: [{ url: "/api/v1" }],
    security: [{ token: [] }],
    paths,
    components: {
      schemas: schemas.components,
      responses: { Failure: failureResponse },
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
    "x-events": events,
  };
}
