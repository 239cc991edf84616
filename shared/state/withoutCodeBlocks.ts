/** A line that begins a block of code in fences: how far it is indented does not matter, as in lists. */
const FENCE = /^\s*(?:>\s?)*(`{3,}(?=[^`]*$)|~{3,})/u;

/** A point of a list: what belongs to it is indented as far as its text. */
const POINT = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/u;

/** Further than the text around it: then it is code (Markdown). */
const CODE_INDENT = 4;

const TAB_WIDTH = 4;

/** A Markdown text without its blocks of code, be they in fences or indented. A fence that is not closed lasts to the end. */
export function withoutCodeBlocks(text: string): string {
  const kept: string[] = [];
  let fence: string | null = null;
  let listIndent = 0;
  let mayBeCode = true;
  for (const line of text.split("\n")) {
    const mark: string | undefined = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark?.startsWith(fence) === true && line.trim().endsWith(mark)) fence = null;
      continue;
    }
    if (mark !== undefined) {
      fence = mark;
      continue;
    }
    const isBlank = line.trim() === "";
    if (!isBlank && mayBeCode && indentOf(line) >= listIndent + CODE_INDENT) continue;
    const point = POINT.exec(line)?.[0];
    if (point !== undefined) listIndent = widthOf(point);
    else if (!isBlank && mayBeCode && indentOf(line) === 0) listIndent = 0;
    mayBeCode = isBlank;
    kept.push(line);
  }
  return kept.join("\n");
}

function indentOf(line: string): number {
  return widthOf(/^\s*/u.exec(line)?.[0] ?? "");
}

function widthOf(text: string): number {
  return text.replaceAll("\t", " ".repeat(TAB_WIDTH)).length;
}
