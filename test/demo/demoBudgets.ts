/** Budgets of the demo: one that is nearly used up, one with room left, and one for each session. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { BudgetTerms } from "../../shared/model/budget.ts";
import type { StartedHost } from "../support/startHost.ts";

type Terms = Pick<BudgetTerms, "name" | "scope" | "period" | "limit">;

const hostSchema = z.object({ index: z.object({ state: z.string() }) });
const summarySchema = z.object({ thisMonth: z.object({ costUsd: z.number(), from: z.string() }) });
const projectsSchema = z.object({ rows: z.array(z.object({ key: z.string(), costUsd: z.number() })) });

const LOOK_MS = 100;
const EACH_SESSION_USD = 15;

/** Makes them once the history has been read. `project` is the directory of the one that gets a budget of its own. */
export async function makeBudgets(host: StartedHost, project: string): Promise<void> {
  while (hostSchema.parse((await host.request("GET", "/host")).body).index.state !== "ready") await wait(LOOK_MS);
  const { thisMonth } = summarySchema.parse((await host.request("GET", "/costs/summary")).body);
  const from = encodeURIComponent(thisMonth.from);
  const { rows } = projectsSchema.parse((await host.request("GET", `/costs?groupBy=project&from=${from}`)).body);
  const ofProject = rows.find(({ key }) => key === project)?.costUsd ?? 0;
  const budgets: readonly Terms[] = [
    { name: null, scope: { kind: "everything" }, period: "month", limit: limitFor(thisMonth.costUsd, 0.86) },
    { name: null, scope: { kind: "project", projectPath: project }, period: "month", limit: limitFor(ofProject, 0.4) },
    { name: null, scope: { kind: "eachSession" }, period: "always", limit: { unit: "usd", amount: EACH_SESSION_USD } },
  ];
  for (const terms of budgets) {
    const { status, body } = await host.request("POST", "/budgets", terms);
    if (status >= 400) throw new Error(`A budget was refused: ${JSON.stringify(body)}`);
  }
}

/** A whole number of dollars of which so much is used; on the first of a month it may be less. */
function limitFor(spentUsd: number, share: number): Terms["limit"] {
  return { unit: "usd", amount: Math.max(1, Math.floor(spentUsd / share)) };
}
