import type { JsonObject, JsonValue } from "../model/json.ts";
import type { PayloadKind } from "../model/payload.ts";

/** The parts of a payload that decide its text. */
export interface RenderablePayload {
  readonly kind: PayloadKind;
  readonly text: string;
  readonly metadata: JsonObject;
  readonly sender: string;
  readonly composedAt: string;
}

const FRAME = "switchboard-payload";

/** What each kind asks of the model, said in the frame so that no kind depends on the sender's wording. */
const intent: Readonly<Record<Exclude<PayloadKind, "message">, string>> = {
  context: "Background information for this session. No reply is needed.",
  warning: "A warning from the person who oversees this session. Take it into account before the next step.",
  block: "Stop. Do not go on with the current work until what is said here is resolved.",
  progress: "A progress report on work that this session may depend on. No reply is needed.",
  completion: "Work that this session may depend on is complete.",
};

/**
 * Renders a payload into the text that the model reads. A `message` is its text as written; every other kind stands
 * in a frame with kind, sender, time and metadata. Whatever the text or the metadata hold, the result has exactly one
 * opening and one closing frame tag: look-alikes inside are disarmed. Pure, so a preview shows exactly what is sent.
 */
export function renderPayload(payload: RenderablePayload): string {
  if (payload.kind === "message") return payload.text;
  const attributes = [
    `kind="${payload.kind}"`,
    `from="${escapeAttribute(payload.sender)}"`,
    `at="${escapeAttribute(payload.composedAt)}"`,
  ].join(" ");
  const lines = [`<${FRAME} ${attributes}>`, intent[payload.kind]];
  const metadata = Object.entries(payload.metadata).map(([key, value]) => metadataLine(key, value));
  if (metadata.length > 0) lines.push("", ...metadata);
  lines.push("", disarm(payload.text), `</${FRAME}>`);
  return lines.join("\n");
}

function metadataLine(key: string, value: JsonValue): string {
  const words = typeof value === "string" ? oneLine(value) : JSON.stringify(value);
  return disarm(`${oneLine(key)}: ${words}`);
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, " ").trim();
}

/** Keeps text readable and makes it unable to open or close a frame: only the `<` of a look-alike tag changes. */
function disarm(text: string): string {
  return text.replaceAll(/<(?=[\s/]*switchboard-payload)/giu, "&lt;");
}

function escapeAttribute(value: string): string {
  return oneLine(value)
    .replaceAll("&", "&amp;")
    .replaceAll('"', "&quot;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
