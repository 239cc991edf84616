import type { RequestParams } from "../../../shared/contract/requests.ts";
import type { Budgets } from "../budgets/openBudgets.ts";
import type { RequestHandlers } from "../engine.ts";
import { cursorNumber } from "./page.ts";

type BudgetRequests = Extract<keyof RequestHandlers, `budgets.${string}` | `alerts.${string}` | `overrides.${string}`>;

export function budgetHandlers(budgets: Budgets): Pick<RequestHandlers, BudgetRequests> {
  const all = async () => ({ items: await budgets.list(), nextCursor: null });
  return {
    "budgets.list": all,
    "budgets.create": (terms) => budgets.create(terms),
    "budgets.change": ({ budgetId, ...terms }) => budgets.change(budgetId, terms),
    "budgets.delete": async ({ budgetId }) => {
      budgets.delete(budgetId);
      return all();
    },
    "budgets.override": (ask, { client }) => budgets.override({ ...ask, by: client }),
    "budgets.revoke": (ask) => budgets.revoke(ask),
    "alerts.list": async (ask) => paged(budgets.alerts(recordAsk(ask))),
    "overrides.list": async (ask) => paged(budgets.overrides(recordAsk(ask))),
  };
}

/** @throws RequestError `bad_request` for a cursor that no page gave out. */
function recordAsk({ budgetId, limit, cursor }: RequestParams<"alerts.list">): Parameters<Budgets["alerts"]>[0] {
  return { budgetId, limit, ...(cursor === undefined ? {} : { before: cursorNumber(cursor) }) };
}

function paged<Item>({ items, nextBefore }: { readonly items: readonly Item[]; readonly nextBefore: number | null }) {
  return { items, nextCursor: nextBefore === null ? null : String(nextBefore) };
}
