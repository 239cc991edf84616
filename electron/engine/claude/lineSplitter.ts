/**
 * Bytes of a pipe to lines. Owns the bytes of the one line that is not complete yet.
 * Invariants: how the bytes were cut into chunks never shows in the lines; a chunk is never copied until its line is
 * complete, so a long line costs what it weighs; a character is never decoded in halves; memory stays below
 * `maxLineBytes` and a chunk.
 */

/**
 * Beyond any message seen: a tool result with a few images is some 20 MB. More than this would be read, decoded and
 * parsed in one piece and stall the host.
 */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** What is kept of a line over the limit: enough to see what it was. */
const KEPT_HEAD_BYTES = 32 * 1024;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export interface LineSplitterOptions {
  /** Gets each line without its line end, LF or CRLF. */
  readonly onLine: (line: string) => void;
  /** Gets the beginning of a line over the limit, once the line has ended, and how many bytes were left out. */
  readonly onTooLong: (head: string, omittedBytes: number) => void;
  readonly maxLineBytes?: number;
}

export interface LineSplitter {
  readonly push: (chunk: Buffer) => void;
  /** The pipe has ended: what is left is a line, if there is anything. */
  readonly flush: () => void;
}

export function createLineSplitter(options: LineSplitterOptions): LineSplitter {
  const { onLine, onTooLong, maxLineBytes = MAX_LINE_BYTES } = options;
  let parts: Buffer[] = [];
  let partsBytes = 0;
  let omittedBytes = 0;

  function keep(part: Buffer): void {
    if (omittedBytes > 0) {
      omittedBytes += part.length;
      return;
    }
    parts.push(part);
    partsBytes += part.length;
    if (partsBytes <= maxLineBytes) return;
    const head = Buffer.concat(parts, Math.min(KEPT_HEAD_BYTES, maxLineBytes));
    omittedBytes = partsBytes - head.length;
    parts = [head];
    partsBytes = head.length;
  }

  function finish(): void {
    const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts, partsBytes);
    const omitted = omittedBytes;
    parts = [];
    partsBytes = 0;
    omittedBytes = 0;
    if (omitted > 0) onTooLong(bytes.toString("utf8"), omitted);
    else onLine(decodeLine(bytes));
  }

  return {
    push: (chunk) => {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        keep(chunk.subarray(start, end));
        start = end + 1;
        finish();
      }
      if (start < chunk.length) keep(chunk.subarray(start));
    },
    flush: () => {
      if (parts.length > 0) finish();
    },
  };
}

function decodeLine(bytes: Buffer): string {
  const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
  return bytes.toString("utf8", 0, end);
}
