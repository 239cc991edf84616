import type { EventData } from "../../../shared/model/event.ts";
import type { PayloadKind } from "../../../shared/model/payload.ts";
import { abbreviate } from "../abbreviate.ts";
import { counted } from "../figures.ts";
import { type Ansi, type Ink, ink, join, nothing } from "../ink.ts";
import { parsePayloadFrame } from "../payloadFrame.ts";
import { readable } from "../sanitise.ts";
import { wrapText } from "../wordWrap.ts";

/** A pasted file must not push the answer out of sight; the Transcript shows it whole. */
const USER_TEXT_LIMITS = { maxLines: 40, maxLineChars: 2000 } as const;

/** The bar beside the text and the space behind it. */
const BAR_COLUMNS = 2;

const kindBadge: Readonly<Record<PayloadKind, Ink>> = {
  message: "badgePlain",
  context: "badgePlain",
  warning: "badgeWarn",
  block: "badgeBad",
  progress: "badgeNote",
  completion: "badgeGood",
};

/** What a person, a program or another session said, with a bar beside it; a payload's frame becomes a badge. */
export function userTextLines(data: EventData<"user.textAdded">, columns: number): readonly Ansi[] {
  const frame = parsePayloadFrame(data.text);
  const tone: Ink = data.origin === "cli" ? "muted" : "person";
  const body = abbreviate(frame?.body ?? data.text, USER_TEXT_LIMITS);
  const bar = ink(tone, "▌ ");
  const bodyInk: Ink = data.origin === "cli" ? "muted" : "strong";
  const broken = wrapText(readable(body.lines.join("\n")), columns - BAR_COLUMNS);
  const lines = broken.map((line) => join(bar, ink(bodyInk, line)));
  const more = body.moreLines > 0 ? [join(bar, ink("mutedItalic", `… ${counted(body.moreLines, "more line")}`))] : [];
  return [nothing, ...headLine(data, frame, bar), ...lines, ...more];
}

function headLine(
  data: EventData<"user.textAdded">,
  frame: ReturnType<typeof parsePayloadFrame>,
  bar: Ansi,
): readonly Ansi[] {
  const from = data.origin === "peer" ? "from another session or terminal" : null;
  if (frame !== null) {
    const badge = ink(kindBadge[frame.kind], ` ${frame.kind} `);
    const sender = ` from ${frame.sender}${from === null ? "" : `, ${from}`}`;
    return [join(bar, badge, ink("muted", sender))];
  }
  return from === null ? [] : [join(bar, ink("muted", from))];
}
