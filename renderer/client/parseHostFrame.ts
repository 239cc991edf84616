import type { HostFrame } from "../../shared/contract/frames.ts";
import { isJsonObject } from "../../shared/model/json.ts";

type FrameField = "id" | "error" | "events" | "snapshot" | "epoch" | "scopes";

/** The fields without which a frame of each kind could not be acted on. */
const needed: Readonly<Record<HostFrame["t"], readonly FrameField[]>> = {
  welcome: ["epoch", "scopes"],
  reply: ["id"],
  failure: ["id", "error"],
  snapshot: ["id", "snapshot"],
  resumed: ["id"],
  events: ["id", "events"],
  lagged: ["id"],
};

function isFrameKind(kind: unknown): kind is HostFrame["t"] {
  return typeof kind === "string" && Object.hasOwn(needed, kind);
}

/**
 * Reads one frame of the host; null for a text that is none. The frame's outline is checked. What is inside is trusted:
 * `hello` and `welcome` agreed on the contract version, and the host checked the data when it made it.
 */
export function parseHostFrame(text: string): HostFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isJsonObject(value)) return null;
  const kind = value["t"];
  if (!isFrameKind(kind) || !needed[kind].every((field) => field in value)) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above: both ends speak this contract version
  return value as unknown as HostFrame;
}
