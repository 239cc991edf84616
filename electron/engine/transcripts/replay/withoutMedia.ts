import { Buffer } from "node:buffer";

/** Shorter encoded data cost less to parse than to look for. */
const MIN_DATA_BYTES = 64 * 1024;

/** Keys under which images and documents stand encoded: in content blocks, and in what a tool's result says of a file. */
const DATA_KEYS: readonly Buffer[] = [Buffer.from('"data":"'), Buffer.from('"base64":"')];

const QUOTE = 0x22;

/** How encoded data begin; text has white space or escapes among so many characters. */
const ENCODED = /^[\w+/=-]{512}$/u;

/**
 * A record's line without the data of its images and documents: they are megabytes that nothing here shows, and decoding
 * and parsing them would hold up the host. What is left out is named in its place.
 */
export function withoutMedia(line: Buffer): Buffer {
  if (line.length < MIN_DATA_BYTES) return line;
  const parts: Buffer[] = [];
  let kept = 0;
  for (let data = nextData(line, 0); data !== null; data = nextData(line, data.end)) {
    parts.push(line.subarray(kept, data.start), Buffer.from(`[${String(data.end - data.start)} bytes]`));
    kept = data.end;
  }
  return parts.length === 0 ? line : Buffer.concat([...parts, line.subarray(kept)]);
}

interface DataRange {
  readonly start: number;
  readonly end: number;
}

/** The next long encoded string that begins at or after `from`; its quotes are not in the range. */
function nextData(line: Buffer, from: number): DataRange | null {
  const found = DATA_KEYS.map((key) => nextValue(line, key, from)).filter((range) => range !== null);
  return found.toSorted((a, b) => a.start - b.start)[0] ?? null;
}

function nextValue(line: Buffer, key: Buffer, from: number): DataRange | null {
  for (let at = line.indexOf(key, from); at !== -1; at = line.indexOf(key, at + key.length)) {
    const start = at + key.length;
    const end = line.indexOf(QUOTE, start);
    if (end - start >= MIN_DATA_BYTES && ENCODED.test(line.toString("latin1", start, start + 512)))
      return { start, end };
  }
  return null;
}
