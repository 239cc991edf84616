import { abbreviate, oneLine } from "../abbreviate.ts";
import { counted } from "../figures.ts";
import { type Ansi, type Ink, ink, join } from "../ink.ts";
import type { Mark, MarkTone } from "../marks/mark.ts";

const TITLE_CHARS = 300;
const DETAIL_LIMITS = { maxLines: 20, maxLineChars: 400 } as const;

const titleInk: Readonly<Record<MarkTone, Ink>> = { plain: "muted", note: "note", warn: "warn", bad: "badStrong" };

/** A mark as lines: the title, and a short detail beside it or a long one below. */
export function markLines(mark: Mark): readonly Ansi[] {
  const title = ink(titleInk[mark.tone], `· ${oneLine(mark.title, TITLE_CHARS)}`);
  if (mark.detail === null) return [title];
  const { lines, moreLines } = abbreviate(mark.detail, DETAIL_LIMITS);
  const [only = ""] = lines;
  if (lines.length === 1) return [join(title, ink("muted", `  ${only}`))];
  const more = moreLines === 0 ? [] : [ink("mutedItalic", `  … ${counted(moreLines, "more line")}`)];
  return [title, ...lines.map((line) => ink("muted", `  ${line}`)), ...more];
}
