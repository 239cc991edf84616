/** What the requests about budgets take. */
import { z } from "zod";
import { budgetTermsSchema } from "../model/budget.ts";
import { page } from "./params.ts";

const budgetId = z.string().min(1).max(200);

export const budget = z.object({ budgetId });
export const budgetsCreate = budgetTermsSchema;
export const budgetsChange = budgetTermsSchema.extend({ budgetId });
export const budgetsOverride = z.object({
  budgetId,
  sessionId: z.string().min(1).max(200).optional().describe("Which session's, of a budget for each session."),
  note: z.string().trim().max(500).optional().describe("Why work goes on; it is kept with the override."),
});
export const budgetsRevoke = budgetsOverride.omit({ note: true });
/** What happened to one budget, or to all. */
export const recordList = page.extend({ budgetId: budgetId.optional() });
