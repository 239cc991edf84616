import { type PayloadKind, payloadKindSchema } from "../../shared/model/payload.ts";

/** A payload as it reads in a conversation, taken apart again. */
export interface PayloadFrame {
  readonly kind: PayloadKind;
  readonly sender: string;
  /** The time as the frame gives it, ISO 8601. */
  readonly at: string;
  /** Metadata lines and text, without the sentence that the frame adds for the model. */
  readonly body: string;
}

const FRAME =
  /^<switchboard-payload kind="([a-z]+)" from="([^"]*)" at="([^"]*)">\n[^\n]*\n\n([\s\S]*)\n<\/switchboard-payload>$/u;

/**
 * Takes the frame that `renderPayload` writes apart; null for any other text. It tells how a text is framed, not who
 * really sent it: anybody can type a frame.
 */
export function parsePayloadFrame(text: string): PayloadFrame | null {
  const match = FRAME.exec(text.trim());
  if (match === null) return null;
  const [, kindText, sender = "", at = "", body = ""] = match;
  const kind = payloadKindSchema.safeParse(kindText);
  if (!kind.success) return null;
  return { kind: kind.data, sender: unescape(sender), at: unescape(at), body };
}

function unescape(value: string): string {
  return value.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
