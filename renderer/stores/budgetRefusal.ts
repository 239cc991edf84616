import { z } from "zod";
import type { Failure } from "../../shared/contract/errors.ts";

/** Why a budget did not let something begin, and which one to override. */
export interface BudgetRefusal {
  readonly budgetId: string;
  /** Whose use is meant, of a budget for each session; else null. */
  readonly sessionId: string | null;
  /** The host's own words. */
  readonly message: string;
}

const detailSchema = z.object({ budgetId: z.string(), sessionId: z.string().nullish() });

/** The budget behind a failure; null where it failed for another reason, or the host does not name the budget. */
export function budgetRefusalOf({ code, message, detail }: Failure): BudgetRefusal | null {
  if (code !== "budget_reached") return null;
  const named = detailSchema.safeParse(detail);
  if (!named.success) return null;
  return { budgetId: named.data.budgetId, sessionId: named.data.sessionId ?? null, message };
}
