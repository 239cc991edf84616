import type { TokenSum, TurnCost } from "../../../shared/model/cost.ts";
import { formatTokens } from "../../components/formats.ts";
import { formatCost } from "./costFormats.ts";

/**
 * What a token of each kind costs against one of input, as in nearly all price lists: good enough to say which kind
 * made a turn dear. No amount that is shown comes from here.
 */
const USUAL_WEIGHT: Readonly<Record<keyof TokenSum, number>> = {
  input: 1,
  output: 5,
  cacheRead: 0.1,
  cacheWrite5m: 1.25,
  cacheWrite1h: 2,
};

const kinds: readonly (readonly [keyof TokenSum, string])[] = [
  ["input", "new input"],
  ["output", "output"],
  ["cacheRead", "reading the cache"],
  ["cacheWrite5m", "writing the cache"],
  ["cacheWrite1h", "writing the cache for an hour"],
];

/** A part is named when it is at least this much of the turn. */
const NAMED_SHARE = 0.3;

/** What made a turn cost what it did, the most important first, e.g. `mostly writing the cache (210K tokens)`. */
export function turnCause(turn: TurnCost): string {
  const { costUsd, subagentUsd, unattributedUsd, tokens, messages } = turn;
  const all = costUsd + unattributedUsd;
  const causes: string[] = [];
  if (Math.abs(unattributedUsd) >= NAMED_SHARE * Math.abs(all) && unattributedUsd !== 0) {
    causes.push(`${formatCost(unattributedUsd)} that no message accounts for: an interrupted turn or a side request`);
  }
  if (subagentUsd > 0 && subagentUsd >= NAMED_SHARE * all) causes.push(`${formatCost(subagentUsd)} by sub-agents`);
  const dearest = dearestKind(tokens);
  if (dearest !== null && costUsd > 0) causes.push(`mostly ${dearest}`);
  if (messages > MANY_MESSAGES) causes.push(`${messages} messages`);
  return causes.join("; ");
}

/** From here on their number is a reason by itself: each reads the whole context again. */
const MANY_MESSAGES = 15;

function dearestKind(tokens: TokenSum): string | null {
  const weights = kinds.map(([kind, words]) => ({
    words,
    tokens: tokens[kind],
    weight: tokens[kind] * USUAL_WEIGHT[kind],
  }));
  const top = weights.toSorted((one, other) => other.weight - one.weight)[0];
  return top === undefined || top.weight === 0 ? null : `${top.words} (${formatTokens(top.tokens)} tokens)`;
}
