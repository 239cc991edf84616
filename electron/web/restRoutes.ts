import type { FastifyInstance } from "fastify";
import { callRequest, type RequestDoor } from "../hosting/callRequest.ts";
import { createParamsReader } from "./paramsOfRequest.ts";
import type { TokenGrant } from "./tokenFile.ts";

/** Adds one HTTP route for each row of the table. `grantOf` tells whose token a request came with. */
export function addRestRoutes(
  server: FastifyInstance,
  door: RequestDoor,
  grantOf: (request: object) => TokenGrant,
): void {
  for (const [name, row] of Object.entries(door.table)) {
    const readParams = createParamsReader(row);
    server.route({
      method: row.method,
      url: row.path,
      handler: async (request, reply) => {
        const { label, scopes } = grantOf(request);
        const params = readParams({ path: request.params, query: request.query, body: request.body });
        const client = label === null ? "rest" : `rest (${label})`;
        const result = await callRequest(door, { name, params, scopes, context: { client } });
        return reply.code(row.status ?? 200).send(result);
      },
    });
  }
}
