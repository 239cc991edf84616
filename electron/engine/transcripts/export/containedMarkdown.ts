/** Markdown that somebody else wrote, made so that it cannot reach beyond its own end. Free of Node. */

const FENCE = /^ {0,3}(`{3,}|~{3,})/u;

/** A code span on one line. */
const CODE_SPAN = /(`+)(?!`).*?(?<!`)\1(?!`)/gu;

/**
 * Closes a code block that the text leaves open, and takes HTML literally: an open comment or tag would swallow what
 * follows, and a script would run in a viewer that lets it. Code stays as it is.
 */
export function containedMarkdown(text: string): string {
  let fence: string | null = null;
  const lines = text.split("\n").map((line) => {
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null) {
      if (mark !== undefined && closes(line, mark, fence)) fence = null;
      return line;
    }
    if (mark !== undefined && !(mark.startsWith("`") && line.slice(line.indexOf(mark) + mark.length).includes("`"))) {
      fence = mark;
      return line;
    }
    return withLiteralHtml(line);
  });
  return fence === null ? lines.join("\n") : [...lines, fence].join("\n");
}

function closes(line: string, mark: string, fence: string): boolean {
  return mark[0] === fence[0] && mark.length >= fence.length && line.trim() === mark;
}

function withLiteralHtml(line: string): string {
  let result = "";
  let end = 0;
  for (const span of line.matchAll(CODE_SPAN)) {
    result += escapedTags(line.slice(end, span.index)) + span[0];
    end = span.index + span[0].length;
  }
  return result + escapedTags(line.slice(end));
}

function escapedTags(text: string): string {
  return text.replaceAll(/<(?=[a-z/!?])/giu, "&lt;");
}
