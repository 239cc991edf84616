/** The title of a session that nobody has named and that has been told nothing yet. */
export const UNTITLED = "New session";

/** Characters of a title that lists have room for. */
const TITLE_LENGTH = 80;

/** A title made of a text: its first line that says something, cut; null when there is none. */
export function firstLine(text: string): string | null {
  const line = text
    .split("\n")
    .map((candidate) => candidate.trim())
    .find((candidate) => candidate !== "");
  if (line === undefined) return null;
  return line.length <= TITLE_LENGTH
    ? line
    : `${line
        .slice(0, TITLE_LENGTH - 1)
        .trimEnd()
        .toWellFormed()}…`;
}
