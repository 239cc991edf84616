import { describe, expect, it } from "vitest";
import { z } from "zod";
import { row } from "../../../../shared/contract/requestRow.ts";
import { createParamsReader } from "../../../../electron/web/paramsOfRequest.ts";

const read = createParamsReader(
  row({
    doc: "A test.",
    scope: "read",
    method: "POST",
    path: "/things/:id",
    params: z.object({
      id: z.string(),
      count: z.number().int().default(1),
      share: z.number().optional(),
      live: z.boolean().optional(),
      names: z.array(z.string()).optional(),
      word: z.string().optional(),
    }),
    result: z.null(),
  }),
);

describe("createParamsReader", () => {
  it.each([
    [{ count: "5" }, { count: 5 }],
    [{ share: "-0.5" }, { share: -0.5 }],
    [{ count: "five" }, { count: "five" }],
    [{ count: "" }, { count: "" }],
    [{ count: ["1", "2"] }, { count: ["1", "2"] }],
    [{ live: "true" }, { live: true }],
    [{ live: "false" }, { live: false }],
    [{ live: "yes" }, { live: "yes" }],
    [{ names: "one" }, { names: ["one"] }],
    [{ names: ["one", "two"] }, { names: ["one", "two"] }],
    [{ word: "5" }, { word: "5" }],
    [{ unknown: "5" }, { unknown: "5" }],
  ])("reads the query %j as %j", (query, params) => {
    expect(read({ path: {}, query, body: undefined })).toEqual(params);
  });

  it("lets the path win over the body and the body over the query", () => {
    const http = { path: { id: "path" }, query: { id: "query", word: "query" }, body: { id: "body", word: "body" } };
    expect(read(http)).toEqual({ id: "path", word: "body" });
  });

  it("leaves what a body holds as it is", () => {
    expect(read({ path: {}, query: {}, body: { count: "5" } })).toEqual({ count: "5" });
  });

  it.each([["text"], [[1]], [5]])("refuses the body %j", (body) => {
    expect(() => read({ path: {}, query: {}, body })).toThrow("The body must be a JSON object.");
  });

  it("takes a body's __proto__ for a name like any other", () => {
    const params = read({ path: {}, query: {}, body: JSON.parse('{"__proto__":{"live":true}}') });
    expect([Object.keys(params), params["live"]]).toEqual([["__proto__"], undefined]);
  });
});
