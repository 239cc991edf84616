import type { RequestInput } from "../../shared/contract/requests.ts";
import { NO_LABEL } from "../../shared/model/cost.ts";
import {
  calendarParams,
  type CostFilters,
  type CostView,
  filterParams,
  type FilterParams,
  type Moment,
  spanParams,
  whoseParams,
} from "./costFilters.ts";
import type { CostAnswers, TopWhat } from "./costsStore.ts";
import type { Request } from "./request.ts";

/** All that the page's answers depend on. */
export interface CostQuestion {
  readonly filters: CostFilters;
  readonly view: CostView;
  readonly topWhat: TopWhat;
  readonly chosenSpan: string | null;
  readonly moment: Moment;
}

/** Windows that are listed: about a week of full days. */
const WINDOWS = 24;
/** Models that the filter offers. */
const MODELS = 50;
/** Labels that the filter offers. */
const LABELS = 100;
/** Of the hours that are drawn. */
const DAY_MS = 86_400_000;
/** Rows of a list of the dearest. */
const TOP = 20;

/** The range of the tops: the chosen column, or all of the history. */
export function topParams({ filters, view, chosenSpan, moment }: Omit<CostQuestion, "topWhat">): FilterParams {
  if (chosenSpan === null) return filterParams(filters, moment);
  return spanParams(filters, chosenSpan, view.groupBy, moment);
}

/** Asks everything that the page shows; each answer comes by itself. */
export function askCosts(request: Request, question: CostQuestion): readonly Promise<Partial<CostAnswers>>[] {
  const { filters, view, topWhat, moment } = question;
  const { timeZone } = moment;
  const history: RequestInput<"costs.get"> = {
    groupBy: view.groupBy,
    splitBy: view.splitBy,
    ...filterParams(filters, moment),
    timeZone,
  };
  const calendar: RequestInput<"costs.get"> = { groupBy: "day", ...calendarParams(filters, moment), timeZone };
  const hours: RequestInput<"costs.get"> = {
    groupBy: "hour",
    from: new Date(moment.now - DAY_MS).toISOString(),
    ...whoseParams(filters),
    timeZone,
  };
  return [
    request("costs.summary", { ...whoseParams(filters), timeZone }).then((summary) => ({ summary })),
    request("costs.get", history).then((report) => ({ history: { report, filters, splitBy: view.splitBy } })),
    request("costs.get", calendar).then((report) => ({ calendar: report })),
    request("costs.get", hours).then((report) => ({ hours: report })),
    request("costs.top", { what: topWhat, ...topParams(question), limit: TOP }).then((top) => ({ top })),
    request("costs.unpriced", filterParams(filters, moment)).then((unpriced) => ({ unpriced })),
    request("costs.windows", { ...whoseParams(filters), limit: WINDOWS }).then(({ items }) => ({ windows: items })),
    request("prices.get", {}).then((prices) => ({ prices })),
    request("costs.top", { what: "models", limit: MODELS }).then(({ rows }) => ({
      models: rows.map(({ key }) => key),
    })),
    request("costs.top", { what: "labels", limit: LABELS }).then(({ rows }) => ({
      labels: rows.map(({ key }) => key).filter((label) => label !== NO_LABEL),
    })),
    request("ledger.get", {}).then((ledger) => ({ ledger })),
  ];
}
