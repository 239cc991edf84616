import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { readSync } from "node:fs";

/** Bytes at the beginning and before the offset that tell one file from another: the first record holds ids and a time. */
const SAMPLE_BYTES = 512;

interface Sample {
  readonly head: Buffer;
  readonly tail: Buffer;
}

function sampleAt(file: number, offset: number): Sample {
  const length = Math.min(SAMPLE_BYTES, offset);
  const sample = Buffer.alloc(2 * length);
  const head = readSync(file, sample, 0, length, 0);
  const tail = readSync(file, sample, length, length, offset - length);
  return { head: sample.subarray(0, head), tail: sample.subarray(length, length + tail) };
}

function hashOf({ head, tail }: Sample): string {
  return createHash("sha1").update(head).update(tail).digest("base64url").slice(0, 16);
}

/**
 * A short hash of a file's beginning and of the bytes just before the offset that was read up to: it changes when the file
 * was replaced. It is taken from the bytes that were really read: taken from the file after the reading it would be of
 * other content when the file was written anew meanwhile, and the next reading would go on in that with the old facts.
 */
export class ReadSample {
  /** Of all that was read, lines that are passed over and not told included. */
  #read: Sample;
  #told: Sample;

  /** For a reading that begins at `offset`. */
  constructor(file: number, offset: number) {
    this.#read = sampleAt(file, offset);
    this.#told = this.#read;
  }

  /** Of the offset that lines were told up to. */
  get fingerprint(): string {
    return hashOf(this.#told);
  }

  /** These bytes, up to `end`, are the next ones of the file; `isTold` when what they hold was told. */
  add(bytes: Buffer, end: number, isTold: boolean): void {
    const { head, tail } = this.#read;
    const missing = SAMPLE_BYTES - head.length;
    this.#read = {
      head: missing === 0 ? head : Buffer.concat([head, bytes.subarray(0, Math.min(end, missing))]),
      tail:
        end >= SAMPLE_BYTES
          ? Buffer.from(bytes.subarray(end - SAMPLE_BYTES, end))
          : Buffer.from(Buffer.concat([tail, bytes.subarray(0, end)]).subarray(-SAMPLE_BYTES)),
    };
    if (isTold) this.#told = this.#read;
  }
}
