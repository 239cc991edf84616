/** Marks at the start of a Markdown line: headings, quotes, list items, fences, tables, rules. */
const LINE_MARKS = /^(?:\s|#{1,6}(?=\s)|>|[-*+](?=\s)|\d+\.(?=\s)|\||`{3}\S*|-{3,})+/u;

/** The first line of a Markdown text that says something, as plain words; "" when there is none. */
export function plainLine(markdown: string): string {
  for (const line of markdown.split("\n")) {
    const words = line
      .replace(LINE_MARKS, "")
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/gu, "$1")
      .replaceAll(/(\*\*|__|`)(.*?)\1/gu, "$2")
      .trim();
    if (/[\p{L}\p{N}]/u.test(words)) return words;
  }
  return "";
}
