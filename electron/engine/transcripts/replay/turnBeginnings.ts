/**
 * Finds what began turns: the record that a turn is named after stands before the turn's first message in its file.
 * Owns what it has found: a record never changes. Knows nothing about what turns cost.
 */
import { Buffer } from "node:buffer";
import { type FileHandle, open } from "node:fs/promises";
import { mapRecord } from "./mapRecord.ts";
import { readRecord } from "./transcriptRecord.ts";

/** A turn, and where its first message stands. */
export interface WantedTurn {
  readonly turnId: string;
  readonly path: string;
  readonly offset: number;
}

export interface TurnBeginning {
  readonly text: string;
  /** Where the record begins in the file. */
  readonly offset: number;
}

/** Bytes before a turn's first message that are read: what stands between are attachments of the prompt. */
const READ_BYTES = 128 * 1024;
/** Found ones that are remembered: some hundred bytes each. */
const MAX_REMEMBERED = 5000;
/** Kept of a text: it is shown in a line or two. */
const EXCERPT_CHARACTERS = 200;

const LINE_FEED = 0x0a;

export class TurnBeginnings {
  readonly #found = new Map<string, TurnBeginning | null>();

  /** By the turns' names; those that are not found have none. Never rejects. */
  async find(turns: readonly WantedTurn[]): Promise<ReadonlyMap<string, TurnBeginning>> {
    const unknown = turns.filter((turn) => !this.#found.has(keyOf(turn)));
    for (const path of new Set(unknown.map((turn) => turn.path))) {
      await this.#read(
        path,
        unknown.filter((turn) => turn.path === path),
      );
    }
    const pairs = turns.flatMap((turn) => {
      const found = this.#found.get(keyOf(turn)) ?? null;
      return found === null ? [] : [[turn.turnId, found] as const];
    });
    return new Map(pairs);
  }

  async #read(path: string, turns: readonly WantedTurn[]): Promise<void> {
    const file = await open(path, "r").catch(() => null);
    for (const turn of turns) {
      const found = file === null ? null : await beginningOf(file, turn).catch(() => null);
      if (this.#found.size >= MAX_REMEMBERED) this.#found.clear();
      this.#found.set(keyOf(turn), found);
    }
    await file?.close();
  }
}

function keyOf({ path, turnId }: WantedTurn): string {
  return `${turnId} ${path}`;
}

async function beginningOf(file: FileHandle, { turnId, offset }: WantedTurn): Promise<TurnBeginning | null> {
  const from = Math.max(0, offset - READ_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(offset - from), 0, offset - from, from);
  const bytes = buffer.subarray(0, bytesRead);
  const id = JSON.stringify(turnId);
  const named = Math.max(bytes.lastIndexOf(`"uuid":${id}`), bytes.lastIndexOf(`"uuid": ${id}`));
  if (named === -1) return null;
  const start = bytes.lastIndexOf(LINE_FEED, named) + 1;
  // The line began before what was read.
  if (start === 0 && from > 0) return null;
  const after = bytes.indexOf(LINE_FEED, named);
  const end = after === -1 ? bytes.length : after;
  const read = readRecord({
    offset: from + start,
    endOffset: from + end,
    bytes: bytes.subarray(start, end),
    omittedBytes: 0,
  });
  if (read === null) return null;
  for (const draft of mapRecord(read.record)) {
    if (draft.type === "user.textAdded") {
      return { text: draft.data.text.slice(0, EXCERPT_CHARACTERS), offset: from + start };
    }
  }
  return null;
}
