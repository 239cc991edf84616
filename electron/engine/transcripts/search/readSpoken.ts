import { Buffer } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { RecordReader } from "../recordReader.ts";
import { type SpokenMessage, spokenMessage, type SpokenOrigin } from "./spokenMessage.ts";

interface SpokenPlace extends SpokenOrigin {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
  readonly key: bigint;
}

/** The message at its place in the transcript; null when the file is gone or something else stands there by now. */
export function readSpoken({ path, offset, bytes, key, ...origin }: SpokenPlace): SpokenMessage | null {
  const line = readAt(path, offset, bytes);
  if (line === null) return null;
  const start = offset === 0 && line[0] === 0xef ? 3 : 0;
  const message = spokenMessage(new RecordReader(line), { bytes: line, start, end: line.length }, origin);
  return message?.key === key ? message : null;
}

function readAt(path: string, offset: number, bytes: number): Buffer | null {
  let handle: number | null = null;
  try {
    handle = openSync(path, "r");
    const line = Buffer.allocUnsafe(bytes);
    return readSync(handle, line, 0, bytes, offset) === bytes ? line : null;
  } catch {
    return null;
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
