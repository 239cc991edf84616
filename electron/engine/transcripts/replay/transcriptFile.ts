/**
 * Opens one transcript for reading. Owns the file handle and what its failures mean to a person; knows nothing about
 * lines. Invariant: bytes are read piece by piece, so a file of any size costs what its pieces cost.
 */
import type { Buffer } from "node:buffer";
import { type FileHandle, open } from "node:fs/promises";
import { RequestError } from "../../../../shared/contract/errors.ts";

/** A transcript that is open for reading. */
export interface TranscriptFile {
  /** Bytes it had when it was opened. */
  readonly size: number;
  /** The same as long as the path leads to the same file, whatever is written into it. */
  readonly identity: string;
  /**
   * Fills `length` bytes of `into` with those from `position` on.
   * @throws RequestError `transcript_missing` when the file has become shorter than that.
   */
  readonly fill: (into: Buffer, length: number, position: number) => Promise<void>;
}

/**
 * Lends a transcript to a function and closes it afterwards.
 * @throws RequestError `transcript_missing` when there is no such file, it may not be read, or it is no file.
 */
export async function withTranscript<T>(path: string, read: (file: TranscriptFile) => Promise<T>): Promise<T> {
  const handle = await openFile(path);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw missing("Where the transcript should be is no file.");
    return await read({
      size: stats.size,
      identity: `${String(stats.dev)}:${String(stats.ino)}`,
      fill: (into, length, position) => fill(handle, into, length, position),
    });
  } catch (error) {
    throw toRequestError(error);
  } finally {
    // Reading is over: a failure to close has no one to tell and nothing to undo.
    await handle.close().catch(() => undefined);
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    throw toRequestError(error);
  }
}

async function fill(handle: FileHandle, into: Buffer, length: number, position: number): Promise<void> {
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await handle.read(into, filled, length - filled, position + filled);
    if (bytesRead === 0) throw missing("The transcript was cut or replaced while it was read. Open the session again.");
    filled += bytesRead;
  }
}

const words: Readonly<Record<string, string>> = {
  ENOENT: "The transcript is gone. Claude Code deletes transcripts after 30 days unless it is set to keep them longer.",
  ENOTDIR: "The transcript is gone: its folder has become a file.",
  EISDIR: "Where the transcript should be is a folder.",
  EACCES: "The transcript may not be read. Check the permissions of the file.",
  EPERM: "The transcript may not be read. Check the permissions of the file.",
  ELOOP: "The transcript cannot be reached: its path is a loop of links.",
  ESTALE: "The disk with the transcript is gone. Mount it again.",
  EIO: "The disk with the transcript answers with an error.",
};

/** The failure for a place that names no line of the file as it is now. */
export function replaced(): RequestError {
  return missing("The transcript was replaced since it was opened. Open the session again.");
}

function missing(message: string): RequestError {
  return new RequestError("transcript_missing", message);
}

/** Failures of the file system become the one that a client knows; anything else stays as it is. */
function toRequestError(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const message = typeof code === "string" ? words[code] : undefined;
  return error instanceof RequestError || message === undefined ? error : missing(message);
}
