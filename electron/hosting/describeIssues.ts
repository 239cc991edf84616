import type { z } from "zod";
import { RequestError } from "../../shared/contract/errors.ts";

/** Issues that one failure lists; a body with thousands of wrong fields would only repeat itself. */
const MAX_LISTED_ISSUES = 20;

type Issue = z.core.$ZodIssue;

function fieldOf(issue: Issue): string {
  return issue.path.map(String).join(".");
}

function isTooLarge(issue: Issue): boolean {
  return issue.code === "custom" && issue.params?.["tooLarge"] === true;
}

/**
 * Says what is wrong with a request's params, field by field: `too_large` when a field is over its limit, else
 * `bad_request`. Detail: `{issues: [{field, message}]}`, `field` being a dotted path, empty for the params themselves.
 */
export function describeIssues(error: z.ZodError): RequestError {
  const issues = error.issues.slice(0, MAX_LISTED_ISSUES).map((issue) => ({
    field: fieldOf(issue),
    message: issue.message,
  }));
  const words = issues.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`));
  const code = error.issues.some(isTooLarge) ? "too_large" : "bad_request";
  return new RequestError(code, words.join(" · "), { issues });
}
