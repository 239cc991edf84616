/**
 * Takes over into the ledger what other files of its kind hold: after damage the damaged one and the newest backup, after
 * a newer version's ledger had to be left alone the one that stood in for it. Runs in the index's thread, beside the
 * reading of transcripts: all go through the same rules, so their order does not matter.
 * Invariant: what is to be taken over is marked in the ledger until it is, so that a stop anywhere loses nothing.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EngineLog } from "../engineLog.ts";
import type { ApiMessageRow } from "../storage/apiMessageRows.ts";
import { type EarlierPart, readEarlierLedger } from "../storage/earlierLedger.ts";
import { interimLedgerPath, isSoundLedger } from "../storage/openLedger.ts";
import type { TranscriptStore } from "../storage/transcriptStore.ts";
import type { IndexWriter } from "./indexWriter.ts";
import type { MessageCopy } from "./messageCopy.ts";

export interface TakeInOptions {
  readonly ledgerPath: string;
  /** Where the damaged ledger was put just now; null when it was whole. */
  readonly aside: string | null;
  readonly store: TranscriptStore;
  readonly writer: IndexWriter;
  /** Awaited before entries are written. */
  readonly prepare: () => Promise<void>;
  /** What a person is told of it. */
  readonly onNotice: (notice: string) => void;
  readonly isEnding: () => boolean;
  readonly log: EngineLog;
}

/** The mark that names the files that are still to be taken over, one a line. */
const TAKING_IN = "taking_in";

/** Where backups are put, beside the ledger. */
const BACKUPS = "backups";
const BACKUP_NAME = /^ledger-.*\.db$/u;

/** Never rejects: what cannot be read is logged, what cannot be written is tried again at the next start. */
export async function takeInLedgers(options: TakeInOptions): Promise<void> {
  try {
    const paths = begin(options);
    if (paths.length === 0) return;
    await options.prepare();
    if (options.isEnding()) return;
    for (const path of paths) {
      const added = await takeIn(options, path);
      if (options.isEnding()) return;
      if (added > 0) options.onNotice(`${counted(added)} taken over from ${path}.`);
    }
    mark(options, []);
    for (const suffix of ["", "-wal", "-shm", ".sealed"])
      rmSync(`${interimLedgerPath(options.ledgerPath)}${suffix}`, { force: true });
  } catch (error) {
    options.log.error({ err: error }, "an earlier ledger could not be taken over; it is tried again at the next start");
  }
}

function begin(options: TakeInOptions): readonly string[] {
  const { ledgerPath, aside, store } = options;
  const interim = interimLedgerPath(ledgerPath);
  const left = (store.ledger.mark(TAKING_IN) ?? "").split("\n").filter((path) => path !== "");
  const damaged = aside === null ? [] : [aside, ...newestBackup(ledgerPath)];
  const paths = [...new Set([...left, ...damaged, interim])].filter((path) => existsSync(path));
  if (paths.length > 0) mark(options, paths);
  return paths;
}

/** The newest one that is whole. */
function newestBackup(ledgerPath: string): readonly string[] {
  const folder = join(dirname(ledgerPath), BACKUPS);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => BACKUP_NAME.test(name)) : [];
  const found = names.toSorted().findLast((name) => isSoundLedger(join(folder, name)));
  return found === undefined ? [] : [join(folder, found)];
}

function mark({ store, writer }: TakeInOptions, paths: readonly string[]): void {
  store.write(() => store.ledger.setMark(TAKING_IN, paths.join("\n")));
  writer.commit();
}

/** Answers how many entries were not known. */
async function takeIn({ writer, isEnding, log }: TakeInOptions, path: string): Promise<number> {
  let added = 0;
  const parts = earlierParts(path, log);
  for (const part of parts) {
    const { messages, owned, totals, sessions, labels } = part;
    const earlier = { totals, sessions, labels };
    added += writer.writeTold({ copies: messages.map(copyOf), totals: [], owned, earlier }).added;
    // Whoever asks meanwhile comes through.
    await new Promise((resolve) => setImmediate(resolve));
    if (isEnding()) break;
  }
  return added;
}

function* earlierParts(path: string, log: EngineLog): ReturnType<typeof readEarlierLedger> {
  const parts = readEarlierLedger(path, Date.now());
  for (;;) {
    const part = nextPart(parts, (error) =>
      log.warn({ err: error, path }, "nothing more of an earlier ledger can be read"),
    );
    if (part === null) return;
    yield part;
  }
}

function nextPart(
  parts: ReturnType<typeof readEarlierLedger>,
  onUnreadable: (error: unknown) => void,
): EarlierPart | null {
  try {
    const next = parts.next();
    return next.done === true ? null : next.value;
  } catch (error) {
    onUnreadable(error);
    return null;
  }
}

/** Its place in a transcript is not taken over: where there is one, it is read again. */
function copyOf({ byIdAlone: _byIdAlone, ...row }: ApiMessageRow): MessageCopy {
  return { ...row, path: "", offset: 0, origin: row.origin === "stream" ? "stream" : "import" };
}

function counted(added: number): string {
  return added === 1 ? "1 entry of the ledger was" : `${added} entries of the ledger were`;
}
