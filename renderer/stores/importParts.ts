/** Cuts an export of costs into pieces that one request can carry. Pure. */

/** A piece that stands for itself, and where it was cut from. */
export interface ImportPart {
  readonly text: string;
  /** What a line of the piece (JSON: the number of an entry) is behind that of the whole. */
  readonly linesBefore: number;
}

/**
 * CSV is cut at the ends of its lines, each piece with the first line; JSON between its entries. Null for JSON that
 * cannot be read. `most` is the length of a piece in characters; a single line that is longer stays whole.
 */
export function importParts(source: string, most: number): readonly ImportPart[] | null {
  const text = source.replace(/^\uFEFF/u, "").trimStart();
  if (text.startsWith("[")) return jsonParts(text, most);
  return text === "" ? [] : csvParts(text, most);
}

function jsonParts(text: string, most: number): readonly ImportPart[] | null {
  const entries = entriesOf(text);
  if (entries === null) return null;
  const parts: ImportPart[] = [];
  let piece: string[] = [];
  let length = 0;
  let before = 0;
  const cut = (): void => {
    if (piece.length > 0) parts.push({ text: `[${piece.join(",")}]`, linesBefore: before });
    before += piece.length;
    piece = [];
    length = 0;
  };
  for (const entry of entries) {
    const written = JSON.stringify(entry);
    if (length + written.length + 2 > most) cut();
    piece.push(written);
    length += written.length + 1;
  }
  cut();
  return parts;
}

function entriesOf(text: string): readonly unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

function csvParts(text: string, most: number): readonly ImportPart[] {
  const [headerEnd = text.length, ...ends] = lineEnds(text);
  const header = text.slice(0, headerEnd);
  if (ends.length === 0) return [{ text: header, linesBefore: 0 }];
  const parts: ImportPart[] = [];
  let start = headerEnd;
  let end = headerEnd;
  let linesBefore = 0;
  const cut = (): void => {
    const body = text.slice(start, end);
    parts.push({ text: header + body, linesBefore });
    linesBefore += body.split("\n").length - 1;
    start = end;
  };
  for (const next of ends) {
    if (end > start && header.length + next - start > most) cut();
    end = next;
  }
  cut();
  return parts;
}

/** Where each line ends, its line feed included. One within quotes ends none. */
function lineEnds(text: string): readonly number[] {
  const ends: number[] = [];
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (code === LINE_FEED && !isQuoted) ends.push(index + 1);
  }
  if ((ends.at(-1) ?? 0) < text.length) ends.push(text.length);
  return ends;
}
