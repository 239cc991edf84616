import { budgetAlertSchema, budgetStatusSchema, overrideRecordSchema } from "../../model/budget.ts";
import * as budgetParams from "../budgetParams.ts";
import * as params from "../params.ts";
import { type RequestRow, row } from "../requestRow.ts";
import * as results from "../results.ts";

/** Requests about budgets: what may be spent, and what happened at a threshold. */
export const budgetRequests = {
  "budgets.list": row({
    doc: "Lists the budgets with what was used of each in its present period, in the order they were made.",
    scope: "read",
    method: "GET",
    path: "/budgets",
    params: params.none,
    result: results.listOf(budgetStatusSchema),
  }),
  "budgets.create": row({
    doc: "Makes a budget. What was used in its present period counts; thresholds already passed are told once.",
    scope: "control",
    method: "POST",
    path: "/budgets",
    status: 201,
    params: budgetParams.budgetsCreate,
    result: budgetStatusSchema,
  }),
  "budgets.change": row({
    doc: "Gives a budget other terms. A threshold of another limit is told anew.",
    scope: "control",
    method: "POST",
    path: "/budgets/:budgetId",
    params: budgetParams.budgetsChange,
    result: budgetStatusSchema,
  }),
  "budgets.delete": row({
    doc: "Deletes a budget; its alerts and overrides are kept.",
    scope: "control",
    method: "DELETE",
    path: "/budgets/:budgetId",
    params: budgetParams.budget,
    result: results.listOf(budgetStatusSchema),
  }),
  "budgets.override": row({
    doc: "Lets work go on beyond a budget's limit until its period ends. The override is recorded.",
    scope: "control",
    method: "POST",
    path: "/budgets/:budgetId/override",
    params: budgetParams.budgetsOverride,
    result: budgetStatusSchema,
  }),
  "budgets.revoke": row({
    doc: "Takes an override back; the limit holds again.",
    scope: "control",
    method: "DELETE",
    path: "/budgets/:budgetId/override",
    params: budgetParams.budgetsRevoke,
    result: budgetStatusSchema,
  }),
  "alerts.list": row({
    doc: "Lists the thresholds of budgets that were crossed, the newest first.",
    scope: "read",
    method: "GET",
    path: "/alerts",
    params: budgetParams.recordList,
    result: results.listOf(budgetAlertSchema),
  }),
  "overrides.list": row({
    doc: "Lists who let work go on beyond a budget's limit, and whether that was taken back, the newest first.",
    scope: "read",
    method: "GET",
    path: "/overrides",
    params: budgetParams.recordList,
    result: results.listOf(overrideRecordSchema),
  }),
} as const satisfies Record<string, RequestRow>;
