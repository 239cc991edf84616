/** Search while its database cannot be written, and after that. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTranscriptSearch } from "../../electron/engine/transcripts/search/transcriptSearch.ts";

test("where the database cannot be written that is said, and it is built when it can be", async () => {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-search-"));
  const path = join(folder, "search.db");
  // What no rights can make a file of, whoever asks.
  mkdirSync(path);
  const problems: string[] = [];
  const ready = Promise.withResolvers<void>();
  const ignore = (): void => undefined;
  const search = openTranscriptSearch({
    path,
    files: () => [],
    tryAgainMs: 1,
    onStateChange: ({ state, problem }) => {
      if (problem !== null) {
        problems.push(problem);
        rmSync(path, { recursive: true, force: true });
      }
      if (state === "ready") ready.resolve();
    },
    log: { info: ignore, warn: ignore, error: ignore },
  });
  try {
    search.start();
    await ready.promise;
    expect(problems[0]).toMatch(/^The search index cannot be built: .*search\.db may only be read\. Check the rights/u);
    expect(search.state()).toMatchObject({ state: "ready", problem: null });
  } finally {
    await search.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});
