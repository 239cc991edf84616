/**
 * By which names a model id is looked up in price lists.
 *
 * Decorations that do not change a price (measured on 2.1.329): a date (`-20250929`, `@20250929`), `-latest`, a context
 * window (`[1m]`), and what the clouds put around a name (`us.anthropic.claude-…-v1:0`, `anthropic/claude-…`, an ARN).
 * A name that merely begins like a known one (`claude-sonnet-5-7`) is another model.
 */

/** What the CLI calls the model of messages that it wrote itself. */
export const SYNTHETIC_MODEL = "<synthetic>";

const CLOUD_PREFIX = /^(?:.*[/:])?(?:[a-z]{2,6}(?:-[a-z]+)?\.)?(?:anthropic\.)?(?=claude-)/u;
const CLOUD_VERSION = /-v\d+(?::\d+)?(?::\d+k)?$/u;
const CONTEXT_WINDOW = /\[\w+\]$/u;
const DATE = /[-@](?:20\d{6}|latest|default)$/u;
const FAMILIES = "opus|sonnet|haiku|fable|mythos";
const VERSION_FIRST = new RegExp(`^claude-(\\d+(?:-\\d+)?)-(${FAMILIES})$`, "u");
const FAMILY_FIRST = new RegExp(`^claude-(${FAMILIES})-(\\d+(?:-\\d+)?)$`, "u");

/** The names to look for, most specific first. */
export function modelKeys(model: string): readonly string[] {
  const exact = exactName(model);
  const plain = plainName(exact);
  return exact === plain ? [exact] : [exact, plain];
}

/** The names under which a price list's own name is found: dates and other decorations in it are meant. */
export function listedName(model: string): string {
  const exact = exactName(model);
  return undecorated(exact) === exact ? plainName(exact) : exact;
}

function exactName(model: string): string {
  return model.trim().toLowerCase();
}

function plainName(exact: string): string {
  const dashed = undecorated(exact).replace(/(?<=\d)\.(?=\d)/gu, "-");
  const found = VERSION_FIRST.exec(dashed) ?? FAMILY_FIRST.exec(dashed);
  if (found === null) return dashed;
  const [, first = "", second = ""] = found;
  const [version, family] = /^\d/u.test(first) ? [first, second] : [second, first];
  // Up to 3.7 the version stood first: `claude-3-5-haiku`. `claude-opus-4-0` is `claude-opus-4`.
  return version.startsWith("3") ? `claude-${version}-${family}` : `claude-${family}-${version.replace(/-0$/u, "")}`;
}

function undecorated(exact: string): string {
  const bare = exact.replace(CONTEXT_WINDOW, "").replace(CLOUD_PREFIX, "");
  return bare.startsWith("claude-") ? bare.replace(CLOUD_VERSION, "").replace(DATE, "") : bare;
}
