/**
 * The tools that a message calls, as they travel: their names, each once and in order, with a space between. Names of tools
 * have none (measured on 2.1.329). Most messages call one, so that a name is the whole text.
 */

/** Beyond it a name is somebody's mistake. */
const MAX_NAME = 200;

/** A name as it may stand among others; null for what is no name. */
export function toolNamed(name: string | null): string | null {
  return name === null || name === "" || name.length > MAX_NAME || name.includes(" ") ? null : name;
}

/** All tools of both. */
export function joinedTools(one: string | null, other: string | null): string | null {
  if (one === other || other === null) return one;
  if (one === null) return other;
  return [...new Set([...one.split(" "), ...other.split(" ")])].toSorted().join(" ");
}
