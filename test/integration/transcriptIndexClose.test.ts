/** The index's thread when it is closed while others, who do not know of it yet, still give it orders. */
import { mkdirSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ledgerPath } from "../../electron/engine/storage/openLedger.ts";
import type { IndexNews } from "../../electron/engine/transcripts/indexMessages.ts";
import { IndexThread } from "../../electron/engine/transcripts/indexThread.ts";
import { userLine } from "./transcriptRecords.ts";

/** Longer than a test may take: a thread that does not end by itself is not ended in time. */
const PATIENCE_MS = 10 * 60_000;

let folder: string;
let root: string;
let problems: IndexNews[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "switchboard-close-"));
  root = join(folder, "config");
  mkdirSync(join(root, "projects", "-w"), { recursive: true });
  for (let made = 0; made < 50; made += 1)
    writeFileSync(join(root, "projects", "-w", `s${made}.jsonl`), userLine(`session ${made}`));
  problems = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function begin(): Promise<IndexThread> {
  const { thread, start } = await IndexThread.start(
    { ledgerPath: ledgerPath(folder), workers: 1 },
    {
      onNews: (news) => {
        if (news.kind === "lost" || (news.kind === "log" && news.level !== "info")) problems.push(news);
      },
      onEnd: () => undefined,
    },
  );
  expect(start).toMatchObject({ isOpen: true });
  return thread;
}

/** All that it can be told, at once. */
function tellAll(thread: IndexThread): Promise<readonly unknown[]> {
  return Promise.all([
    thread.order("scan", [root]),
    thread.order("watch", [join(folder, "other")]),
    thread.order("scan", [root, join(folder, "other")]),
    thread.ask({ what: "prices", userSheet: null }).then(({ what }) => what, String),
    thread.ask({ what: "vacuum" }).then(({ what }) => what, String),
  ]);
}

test.each([
  { when: "while it watches", prepare: (thread: IndexThread): unknown => thread.order("watch", [root]) },
  { when: "while it begins to watch", prepare: (thread: IndexThread): unknown => void thread.order("watch", [root]) },
  { when: "while it scans", prepare: (thread: IndexThread): unknown => void thread.order("scan", [root]) },
  { when: "before it was told anything", prepare: (): unknown => undefined },
])("closed $when: it ends by itself, every order has an end, and nothing fails", async ({ prepare }) => {
  const thread = await begin();
  await prepare(thread);
  const closing = thread.dispose(PATIENCE_MS);
  const ends = tellAll(thread);
  await closing;
  for (const end of await ends)
    expect(["lost", "cancelled", "done", "prices", "vacuum", "Error: The ledger is not written at present."]).toContain(
      end,
    );
  expect(await thread.order("scan", [root])).toBe("lost");
  expect(problems).toEqual([]);
});
