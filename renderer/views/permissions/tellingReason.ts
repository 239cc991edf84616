/** What the CLI says where it has no reason of its own: that it asks because it asks. */
const BOILERPLATE =
  /^(?:this|the) (?:command|tool|action|operation|tool call|tool use) requires (?:your )?(?:approval|permission)\.?$/iu;

/** Why the CLI asks, or null where its words tell no more than that it does. */
export function tellingReason(reason: string | null): string | null {
  const words = reason?.trim() ?? "";
  return words === "" || BOILERPLATE.test(words) ? null : words;
}
