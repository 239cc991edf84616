/** The opening of a text and how much of it is left out. */
export interface Abbreviation {
  readonly lines: readonly string[];
  readonly moreLines: number;
}

export interface AbbreviationLimits {
  readonly maxLines: number;
  /** Characters a line may have before it is cut. */
  readonly maxLineChars: number;
}

/** Cuts one line, saying how much was cut. Length is in UTF-16 units; a pair is never split. */
export function cutLine(line: string, maxChars: number): string {
  if (line.length <= maxChars) return line;
  const end = isHighSurrogate(line.charCodeAt(maxChars - 1)) ? maxChars - 1 : maxChars;
  return `${line.slice(0, end)}…`;
}

/** The first line of a text, cut; `…` also says that more lines follow. */
export function oneLine(text: string, maxChars: number): string {
  const trimmed = text.trim();
  const end = trimmed.search(/[\r\n]/u);
  if (end === -1) return cutLine(trimmed, maxChars);
  const first = cutLine(trimmed.slice(0, end).trimEnd(), maxChars);
  return first.endsWith("…") ? first : `${first} …`;
}

/** The first lines of a text; a single line too many is shown rather than counted. */
export function abbreviate(text: string, limits: AbbreviationLimits): Abbreviation {
  const lines = text.replace(/\s+$/u, "").split(/\r?\n/u);
  const fits = lines.length <= limits.maxLines + 1;
  const shown = fits ? lines : lines.slice(0, limits.maxLines);
  return {
    lines: shown.map((line) => cutLine(line, limits.maxLineChars)),
    moreLines: lines.length - shown.length,
  };
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
