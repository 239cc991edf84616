/**
 * Owns the watch of the CLI's registry below the configuration folders, which may change while it runs.
 * Knows nothing about what the entries are for. Invariant: whoever listens hears of every entry that went, also when
 * folders are left out from now on.
 */
import { readStartIdentities } from "../claude/processIdentity.ts";
import type { LiveEntry } from "../discovery/believedEntries.ts";
import { type RegistryWatch, watchRegistry } from "../discovery/sessionRegistry.ts";
import type { EngineLog } from "../engineLog.ts";

export interface LiveRegistryOptions {
  /** The configuration folders; they need not exist yet. */
  readonly folders: () => readonly string[];
  readonly onEntries: (entries: readonly LiveEntry[]) => void;
  readonly log: EngineLog;
}

export class LiveRegistry {
  readonly #options: LiveRegistryOptions;
  #watch: RegistryWatch;

  private constructor(options: LiveRegistryOptions, watch: RegistryWatch) {
    this.#options = options;
    this.#watch = watch;
  }

  /** Resolves when every folder was looked into once. */
  static async open(options: LiveRegistryOptions): Promise<LiveRegistry> {
    return new LiveRegistry(options, await watch(options));
  }

  get entries(): readonly LiveEntry[] {
    return this.#watch.current();
  }

  /** Looks at everything again now. */
  readonly rescan = (): Promise<void> => this.#watch.rescan();

  /** The folders have changed. */
  async reopen(): Promise<void> {
    await this.#watch.close();
    this.#watch = await watch(this.#options);
    // It tells of changes only: without any entry, nothing of what was live before would have ended.
    this.#options.onEntries(this.#watch.current());
  }

  readonly close = (): Promise<void> => this.#watch.close();
}

function watch({ folders, onEntries, log }: LiveRegistryOptions): Promise<RegistryWatch> {
  return watchRegistry({
    roots: folders(),
    readStartIdentities,
    onChange: onEntries,
    onProblem: (problem) => log.warn(problem, "an entry of Claude Code's registry of sessions cannot be read"),
  });
}
