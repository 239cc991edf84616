/**
 * The reading of the files that one scan found changed. Owns which of them are still to be read, and tells how far it is.
 * Invariant: it ends when none is, whether all were read or it was stopped.
 */
import type { TranscriptFileStateRow } from "../storage/transcriptRows.ts";
import { bytesToRead, type FileReading } from "./fileReading.ts";
import type { FoundTranscript } from "./findTranscripts.ts";
import type { ProgressMeter } from "./scanProgress.ts";

export interface ScanReadingOptions {
  readonly reading: FileReading;
  readonly meter: ProgressMeter;
  /** True to leave all of it to workers. */
  readonly byWorker: boolean;
  readonly known: ReadonlyMap<string, TranscriptFileStateRow>;
}

export class ScanReading {
  readonly #options: ScanReadingOptions;
  readonly #ended = Promise.withResolvers<void>();
  #left = new Set<string>();
  #isStopped = false;

  constructor(options: ScanReadingOptions) {
    this.#options = options;
  }

  /** Reads those that changed, of all that were found; resolves at the end. */
  async run(all: readonly FoundTranscript[], changed: readonly FoundTranscript[]): Promise<void> {
    const { reading, meter, known } = this.#options;
    const todo = changed.filter((file) => !reading.isInWork(file.path));
    const sizes = new Map(todo.map((file) => [file.path, bytesToRead(file, known.get(file.path))]));
    const bytesLeft = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const bytesTotal = all.reduce((sum, file) => sum + file.sizeBytes, 0);
    const filesDone = all.length - todo.length;
    meter.begin({ filesDone, filesTotal: all.length, bytesDone: bytesTotal - bytesLeft, bytesTotal });
    this.#left = new Set(sizes.keys());
    for (const file of todo) {
      if (this.#isStopped) this.#left.delete(file.path);
      else this.#read(file, sizes.get(file.path) ?? 0);
    }
    this.#endIfDone();
    await this.#ended.promise;
  }

  /** Begins no more, and has what is being read end where it is. */
  stop(): void {
    this.#isStopped = true;
    for (const path of this.#options.reading.stop(this.#left)) this.#left.delete(path);
    this.#endIfDone();
  }

  /** Waits for nothing more. */
  end(): void {
    this.#ended.resolve();
  }

  #read(file: FoundTranscript, bytes: number): void {
    const { reading, meter, byWorker } = this.#options;
    let told = 0;
    const onProgress = (read: number): void => {
      const more = Math.min(bytes, read) - told;
      if (more <= 0) return;
      told += more;
      meter.advance(more);
    };
    const onDone = (isWhole: boolean): void => {
      if (isWhole) meter.add(bytes - told);
      this.#left.delete(file.path);
      this.#endIfDone();
    };
    reading.read({ file, byWorker, canStop: true, onProgress, onDone });
  }

  #endIfDone(): void {
    if (this.#left.size === 0) this.end();
  }
}
