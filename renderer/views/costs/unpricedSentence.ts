import type { UnpricedUse } from "../../../shared/model/cost.ts";
import { visibleText } from "../../../shared/text/visibleText.ts";
import { formatCount } from "../../components/formats.ts";
import { counted } from "../../terminal/figures.ts";

type Cause = UnpricedUse["reasons"][number];
type Reason = NonNullable<Cause["reason"]>;

/** Models that are named; more would fill the line. */
const NAMED_MODELS = 3;

/** What such messages are, after their number; `isOne`: whether there is one of them. */
const causes: Readonly<Record<Reason, (cause: Cause, isOne: boolean) => string>> = {
  unknown_model: (cause) => `of ${modelCount(cause) === 1 ? "an unknown model" : "unknown models"}${names(cause)}`,
  no_price_then: (cause) => `from days for which the price lists have no price${names(cause)}`,
  no_rate: (cause) => `with a kind of token that the price lists do not price${names(cause)}`,
  no_model: (_, isOne) => `that ${isOne ? "does" : "do"} not name a model`,
  no_usage: (cause) => `that told no tokens${names(cause)}`,
  bad_usage: (cause) => `that told impossible tokens${names(cause)}`,
};

/** Of these the tokens are not known either. */
const withoutTokens: ReadonlySet<Cause["reason"]> = new Set(["no_usage", "bad_usage"]);

/** Says which messages have no price and why, and what that means for the figures; at least one has none. */
export function unpricedSentence({ messages, reasons }: UnpricedUse): string {
  const [only] = reasons;
  const isOne = messages === 1;
  const it = isOne ? "it is" : "they are";
  const areTokensKnown = !reasons.some(({ reason }) => withoutTokens.has(reason));
  const meaning = `${it} ${areTokensKnown ? "in the tokens, " : ""}not in the dollars.`;
  if (reasons.length > 1) {
    const each = reasons.map((cause) => `${formatCount(cause.messages)} ${words(cause)}`).join("; ");
    return `${counted(messages, "message is", "messages are")} not priced: ${each}. ${capital(meaning)}`;
  }
  const cause = only === undefined ? "" : ` ${words(only)}`;
  return `${counted(messages, "message")}${cause} ${isOne ? "is" : "are"} not priced: ${meaning}`;
}

/** True when a price list could be given what these messages lack. */
export function isMissingPrice({ reason }: Cause): boolean {
  return reason === "unknown_model" || reason === "no_price_then" || reason === "no_rate";
}

function words(cause: Cause): string {
  const { reason, messages } = cause;
  return reason === null ? "for which no price was looked up yet" : causes[reason](cause, messages === 1);
}

function modelCount({ models, moreModels }: Cause): number {
  return models.length + moreModels;
}

function names(cause: Cause): string {
  if (cause.models.length === 0) return "";
  const named = cause.models.slice(0, NAMED_MODELS).map(visibleText);
  const left = modelCount(cause) - named.length;
  return ` (${named.join(", ")}${left > 0 ? ` and ${formatCount(left)} more` : ""})`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
