/** What the sessions used and cost, worked out from what the API charged. Pure. */
import type { Charge } from "./chargedApi.ts";
import { expectedSessions, labelOf } from "./expectations.ts";

export interface Tokens {
  readonly messages: number;
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly webSearches: number;
}

export const NO_TOKENS: Tokens = {
  ...{ messages: 0, input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, webSearches: 0 },
};

export function plus(a: Tokens, b: Partial<Tokens>): Tokens {
  return {
    messages: a.messages + (b.messages ?? 0),
    input: a.input + (b.input ?? 0),
    output: a.output + (b.output ?? 0),
    cacheRead: a.cacheRead + (b.cacheRead ?? 0),
    cacheWrite5m: a.cacheWrite5m + (b.cacheWrite5m ?? 0),
    cacheWrite1h: a.cacheWrite1h + (b.cacheWrite1h ?? 0),
    webSearches: a.webSearches + (b.webSearches ?? 0),
  };
}

/** By the session's label and the model, `label model`. */
export function expectedTokens(charges: readonly Charge[]): Readonly<Record<string, Tokens>> {
  const sums: Record<string, Tokens> = {};
  for (const { sessionId, requestedModel, usage, purpose, sceneLine } of charges) {
    if (purpose !== "turn" || sessionId === null) continue;
    // The CLI charges the model that was asked for, whichever answered (measured on 2.1.329).
    const key = `${labelOf(sessionId)} ${requestedModel}`;
    // A message cut off by an interrupt keeps the count that its first event named.
    const output = sceneLine.startsWith("HANG") ? 1 : usage.output;
    sums[key] = plus(sums[key] ?? NO_TOKENS, { ...usage, output, messages: 1 });
  }
  return sums;
}

/** Dollars a million tokens, as the CLI charges them (2.1.329). */
const PRICES: Readonly<Record<string, Omit<Tokens, "messages" | "webSearches">>> = {
  "claude-opus-5-5": { input: 4, output: 20, cacheRead: 0.2, cacheWrite5m: 5, cacheWrite1h: 8 },
  "claude-haiku-4-5": { input: 1, output: 5, cacheRead: 0.1, cacheWrite5m: 1.25, cacheWrite1h: 2 },
};
const WEB_SEARCH_USD = 0.01;

/** Sessions whose only process was killed: no total of the CLI's own. */
const KILLED: ReadonlySet<string> = new Set(["planOpen", "questionOpen", "permissionOpen", "killedInTool"]);

/** What a killed process used is in no total; the one that took the session up begins at nothing. */
const LOST = /^RUN_BASH touch \S*\/takenUpAfterKill\//u;

/** Tokens that the CLI takes a cut-off answer for, having seen one chunk of it. */
const CUT_OFF_OUTPUT = 7;

/** The total that the CLI itself comes to for each session, by label, in dollars; its own requests included. */
export function expectedCosts(charges: readonly Charge[]): Readonly<Record<string, number | null>> {
  const costs = Object.keys(expectedSessions).map((label) => [
    label,
    KILLED.has(label) ? null : totalOf(label, charges, Number.POSITIVE_INFINITY),
  ]);
  return Object.fromEntries(costs);
}

/** A fork begins with what its parent had come to. */
function totalOf(label: string, charges: readonly Charge[], until: number): number {
  const own = charges.flatMap((charge, at) => (isOf(charge, label) && at < until ? [{ charge, at }] : []));
  const parent = expectedSessions[label]?.parent ?? null;
  const inherited = parent === null ? 0 : totalOf(parent, charges, own[0]?.at ?? 0);
  return own.reduce((sum, { charge }) => sum + priceOf(charge), inherited);
}

function isOf({ sessionId, purpose, sceneLine }: Charge, label: string): boolean {
  if (sessionId === null || purpose === "check" || LOST.test(sceneLine)) return false;
  return labelOf(sessionId) === label;
}

function priceOf({ requestedModel, usage, sceneLine }: Charge): number {
  const price = PRICES[requestedModel];
  if (price === undefined) throw new Error(`There is no price for ${requestedModel}`);
  const output = sceneLine.startsWith("HANG") ? CUT_OFF_OUTPUT : usage.output;
  const perMillion =
    usage.input * price.input +
    output * price.output +
    usage.cacheRead * price.cacheRead +
    usage.cacheWrite5m * price.cacheWrite5m +
    usage.cacheWrite1h * price.cacheWrite1h;
  return perMillion / 1_000_000 + usage.webSearches * WEB_SEARCH_USD;
}
