import { type Failure, RequestError, toFailure } from "../../shared/contract/errors.ts";
import { type ClientFrame, clientFrameSchema } from "../../shared/contract/frames.ts";
import { MAX_CLIENT_FRAME_BYTES } from "../../shared/contract/limits.ts";
import { CONTRACT_VERSION } from "../../shared/contract/version.ts";
import { isJsonObject } from "../../shared/model/json.ts";
import { describeIssues } from "./describeIssues.ts";

/** A frame that can be acted on, or why it cannot be; `id` is null where the frame does not tell it. */
export type ReadFrame =
  | { readonly ok: true; readonly frame: ClientFrame }
  | { readonly ok: false; readonly id: number | null; readonly error: Failure };

function unreadable(id: number | null, error: RequestError): ReadFrame {
  return { ok: false, id, error: toFailure(error) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Another version's hello may differ in shape as well, so its number is looked at before its shape. */
function otherVersion(value: Readonly<Record<string, unknown>>): RequestError | null {
  const version = value["contractVersion"];
  if (value["t"] !== "hello" || typeof version !== "number" || version === CONTRACT_VERSION) return null;
  const words = `This client speaks contract version ${version}, the host speaks ${CONTRACT_VERSION}.`;
  return new RequestError("contract_mismatch", `${words} Reload the page, or update the older of the two.`, {
    client: version,
    host: CONTRACT_VERSION,
  });
}

function idOf(value: Readonly<Record<string, unknown>>): number | null {
  const id = value["id"];
  return typeof id === "number" && Number.isSafeInteger(id) && id >= 0 ? id : null;
}

/** Reads one frame of a client. Never throws: what is wrong with it is a value to send back. */
export function readClientFrame(text: string): ReadFrame {
  if (Buffer.byteLength(text) > MAX_CLIENT_FRAME_BYTES) {
    return unreadable(null, new RequestError("too_large", `A frame may have ${MAX_CLIENT_FRAME_BYTES} bytes at most.`));
  }
  const value = parseJson(text);
  if (!isJsonObject(value)) {
    return unreadable(null, new RequestError("bad_request", "A frame must be one JSON object."));
  }
  const mismatch = otherVersion(value);
  if (mismatch !== null) return unreadable(null, mismatch);
  const parsed = clientFrameSchema.safeParse(value);
  return parsed.success ? { ok: true, frame: parsed.data } : unreadable(idOf(value), describeIssues(parsed.error));
}
