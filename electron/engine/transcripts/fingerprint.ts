import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { readSync } from "node:fs";

/** Bytes at the beginning and before the offset that tell one file from another: the first record holds ids and a time. */
const SAMPLE_BYTES = 512;

const sample = Buffer.alloc(2 * SAMPLE_BYTES);

/** A short hash of the file's beginning and of the bytes just before `offset`: it changes when the file was replaced. */
export function fingerprintAt(file: number, offset: number): string {
  const headBytes = Math.min(SAMPLE_BYTES, offset);
  const tailBytes = Math.min(SAMPLE_BYTES, offset);
  const head = readSync(file, sample, 0, headBytes, 0);
  const tail = readSync(file, sample, head, tailBytes, offset - tailBytes);
  return createHash("sha1")
    .update(sample.subarray(0, head + tail))
    .digest("base64url")
    .slice(0, 16);
}
