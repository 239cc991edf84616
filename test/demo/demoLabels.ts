/** Labels of the demo's sessions: what some of the work was for. The rest has none, as with people who begin to label. */
import { z } from "zod";
import type { StartedHost } from "../support/startHost.ts";

const sessionsSchema = z.object({
  items: z.array(z.looseObject({ sessionId: z.string(), title: z.string() })),
});

/** The first that the title fits. */
const causes: readonly (readonly [label: string, title: RegExp])[] = [
  ["Checkout relaunch", /checkout|cart|voucher|pric|shipping|payment|cents|amount/iu],
  ["Northwind GmbH", /order|invoice|return|export|customer/iu],
  ["Upkeep", /test|remove|upgrade|move|clean|one .* instead|old/iu],
];

/** To be called once the history has been read. */
export async function labelSessions(host: StartedHost): Promise<void> {
  const { items } = sessionsSchema.parse((await host.request("GET", "/sessions?limit=500")).body);
  for (const { sessionId, title } of items) {
    const label = causes.find(([, words]) => words.test(title))?.[0];
    if (label === undefined) continue;
    const { status, body } = await host.request("PUT", `/sessions/${sessionId}/label`, { label });
    if (status >= 400) throw new Error(`A label was refused: ${JSON.stringify(body)}`);
  }
}
