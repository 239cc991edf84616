/** A search over a folder with a database of its own, and what it came to, for comparison with another. */
import Database from "better-sqlite3";
import type { SearchState } from "../../shared/model/host.ts";
import { findTranscripts } from "../../electron/engine/transcripts/findTranscripts.ts";
import type { SearchFile } from "../../electron/engine/transcripts/search/searchFile.ts";
import {
  openTranscriptSearch,
  type TranscriptSearch,
  type TranscriptSearchPage,
  type TranscriptSearchQuery,
} from "../../electron/engine/transcripts/search/transcriptSearch.ts";

export interface SearchUnderTest {
  readonly search: TranscriptSearch;
  /** What was logged as a warning or an error. */
  readonly warnings: readonly string[];
  readonly find: (q: string, more?: Partial<TranscriptSearchQuery>) => Promise<TranscriptSearchPage>;
  /** Resolves when the state is one that `is` accepts; asked now and at each change of the state. */
  readonly until: (is: (state: SearchState) => boolean | Promise<boolean>) => Promise<void>;
  /** Builds all there is. */
  readonly build: () => Promise<void>;
}

export interface SearchUnderTestOptions {
  readonly root: string;
  readonly path: string;
  readonly isEnabled?: boolean;
  readonly extraFiles?: readonly SearchFile[];
  readonly onState?: (state: SearchState) => void;
}

export function openSearchUnderTest(options: SearchUnderTestOptions): SearchUnderTest {
  const warnings: string[] = [];
  const note = (detail: object, message: string): void => void warnings.push(`${message} ${JSON.stringify(detail)}`);
  let changed = Promise.withResolvers<void>();
  const search = openTranscriptSearch({
    path: options.path,
    files: () => filesBelow(options.root, options.extraFiles ?? []),
    isEnabled: options.isEnabled ?? true,
    onStateChange: (state) => {
      options.onState?.(state);
      const told = changed;
      changed = Promise.withResolvers();
      told.resolve();
    },
    log: { info: () => undefined, warn: note, error: note },
  });
  const until: SearchUnderTest["until"] = async (is) => {
    for (;;) {
      const next = changed.promise;
      if (await is(search.state())) return;
      const { problem } = search.state();
      if (problem !== null) throw new Error(problem);
      await next;
    }
  };
  return {
    search,
    warnings,
    until,
    find: (q, more) => search.query({ q, limit: 20, ...more }, AbortSignal.timeout(20_000)),
    build: async () => {
      search.start();
      await until(({ state }) => state === "ready");
    },
  };
}

async function* filesBelow(root: string, extra: readonly SearchFile[]): AsyncGenerator<SearchFile> {
  const { files } = await findTranscripts([root]);
  for (const { path, kind, sessionId, identity, sizeBytes, modifiedMs } of files)
    if (sessionId !== null) yield { path, sessionId, isSubagent: kind === "subagent", identity, sizeBytes, modifiedMs };
  yield* extra;
}

/** The text of a snippet, matches in square brackets. */
export function shown(page: TranscriptSearchPage): readonly string[] {
  return page.items.map(({ snippet }) => snippet.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join(""));
}

/** All that a database holds, in an order that does not depend on how it came to be. */
export function searchContents(path: string): Readonly<Record<string, readonly unknown[]>> {
  const database = new Database(path, { readonly: true });
  const rows = (sql: string): readonly unknown[] => database.prepare(sql).safeIntegers().all();
  const place = "path, turn, record_offset, record_bytes, key, role, at_ms, is_fork_copy";
  database.exec("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab (main, words, row)");
  const contents = {
    files: rows(`SELECT path, session_id, identity, fingerprint, read_offset, size_bytes, modified_ms, turn
      FROM files ORDER BY path`),
    messages: rows(
      `SELECT ${place} FROM messages JOIN files USING (file_id) ORDER BY 1, 3`.replace(
        "path, turn",
        "path, messages.turn",
      ),
    ),
    copies: rows(
      `SELECT ${place} FROM copies JOIN files USING (file_id) ORDER BY 1, 3`.replace("path, turn", "path, copies.turn"),
    ),
    tools: rows(`SELECT path, t.turn, name FROM turn_tools t JOIN files USING (file_id) JOIN tools USING (tool_id)
      ORDER BY 1, 2, 3`),
    words: rows("SELECT term, doc, cnt FROM temp.vocabulary ORDER BY term"),
    wordList: rows("SELECT word FROM word_list ORDER BY word"),
  };
  database.close();
  return contents;
}
