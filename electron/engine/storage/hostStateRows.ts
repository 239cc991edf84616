import { directWrites, type RowWrites } from "./heldWrites.ts";
import type { SqliteDatabase } from "./openDatabase.ts";

/** Sequence numbers reserved at a time, so that a crash can never lead to one being used twice. */
const SEQ_BLOCK = 1_000_000;

/** Reserves the sequence numbers of one more block and returns the last one that an earlier run may have used. */
export interface SeqReservation {
  /** The number to count on from. */
  readonly lastSeq: number;
  /** Called with each new number; reserves the next block before this one is used up. */
  readonly reserve: (seq: number) => void;
}

/** Opens the host's sequence: every run starts above all numbers that any earlier run can have given out. */
export function reserveSequence(database: SqliteDatabase, writes: RowWrites = directWrites): SeqReservation {
  const read = database.prepare("SELECT value FROM host_state WHERE name = 'seq_ceiling'").pluck();
  const write = database.prepare(
    "INSERT INTO host_state (name, value) VALUES ('seq_ceiling', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
  );
  const lastSeq = Number(read.get() ?? 0);
  let ceiling = lastSeq + SEQ_BLOCK;
  const keep = (): void => {
    const kept = String(ceiling);
    writes.write({
      act: () => void write.run(kept),
      characters: () => kept.length,
      what: "record",
      key: "seq_ceiling",
    });
  };
  keep();
  return {
    lastSeq,
    reserve: (seq) => {
      if (seq < ceiling - SEQ_BLOCK / 2) return;
      ceiling += SEQ_BLOCK;
      keep();
    },
  };
}
