import { describe, expect, it } from "vitest";
import { z } from "zod";
import { events } from "../../../../shared/contract/events.ts";
import { row } from "../../../../shared/contract/requestRow.ts";
import { requests } from "../../../../shared/contract/requests.ts";
import { isJsonObject } from "../../../../shared/model/json.ts";
import { openApiDocument } from "../../../../electron/web/openApiDocument.ts";

interface Operation {
  readonly operationId: string;
  readonly parameters?: unknown;
  readonly requestBody?: unknown;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

function documentOf(table: Parameters<typeof openApiDocument>[0]): Document {
  const document: Document = JSON.parse(JSON.stringify(openApiDocument(table, "9.9.9")));
  return document;
}

function operationsOf(document: Document): readonly string[] {
  return Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
}

function referencesIn(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === "$ref" && typeof value === "string" ? [value] : referencesIn(value),
  );
}

function resolve(document: unknown, reference: string): unknown {
  return reference
    .slice("#/".length)
    .split("/")
    .reduce<unknown>((node, key) => (isJsonObject(node) ? node[key] : undefined), document);
}

describe("openApiDocument", () => {
  const document = documentOf(requests);

  it("lists every request, and the socket", () => {
    expect(operationsOf(document).toSorted()).toEqual([...Object.keys(requests), "socket"].toSorted());
  });

  it("describes every event", () => {
    const described = Object.keys(document.components.schemas).filter((name) => name.startsWith("event."));
    expect(described.toSorted()).toEqual(
      Object.keys(events)
        .map((type) => `event.${type}`)
        .toSorted(),
    );
  });

  it("points nowhere that is not there", () => {
    const references = [...new Set(referencesIn(document))];
    expect(references.length).toBeGreaterThan(3);
    expect(references.filter((reference) => resolve(document, reference) === undefined)).toEqual([]);
  });

  it("has what a row that puts something takes in its body", () => {
    const { parameters, requestBody } = document.paths["/sessions/{sessionId}/label"]?.["put"] ?? {};
    expect(parameters).toEqual([expect.objectContaining({ name: "sessionId", in: "path" })]);
    expect(requestBody).toMatchObject({ required: true, content: { "application/json": expect.anything() } });
  });

  it("describes a row as path, query and body have it", () => {
    const table = {
      "tests.echo": row({
        doc: "Echoes.",
        scope: "inject",
        method: "POST",
        path: "/tests/:id/echo",
        status: 202,
        params: z.object({ id: z.string(), text: z.string(), times: z.number().default(1) }),
        result: z.object({ said: z.string() }),
      }),
      "tests.find": row({
        doc: "Finds.",
        scope: "read",
        method: "GET",
        path: "/tests",
        params: z.object({ q: z.string(), limit: z.number().optional() }),
        result: z.null(),
      }),
    };
    const { paths } = documentOf(table);
    const failure = { $ref: "#/components/responses/Failure" };
    expect(paths["/tests/{id}/echo"]).toEqual({
      post: {
        operationId: "tests.echo",
        summary: "Echoes.",
        tags: ["tests"],
        "x-scope": "inject",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                properties: { text: { type: "string" }, times: { type: "number", default: 1 } },
                required: ["text"],
              },
            },
          },
        },
        responses: {
          202: {
            description: expect.any(String),
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: { said: { type: "string" } },
                  required: ["said"],
                  additionalProperties: false,
                },
              },
            },
          },
          default: failure,
        },
      },
    });
    expect(paths["/tests"]?.["get"]?.parameters).toEqual([
      { name: "q", in: "query", required: true, schema: { type: "string" } },
      { name: "limit", in: "query", required: false, schema: { type: "number" } },
    ]);
  });
});
