import { expect, test } from "vitest";
import { BuildQueue } from "../../../../../../electron/engine/transcripts/search/buildQueue.ts";
import type { FileRows, SearchFileState } from "../../../../../../electron/engine/transcripts/search/fileRows.ts";
import type { SearchFile } from "../../../../../../electron/engine/transcripts/search/searchFile.ts";

function file(path: string, modifiedMs: number, sizeBytes = 100): SearchFile {
  return { path, sessionId: path, isSubagent: false, identity: path, sizeBytes, modifiedMs };
}

function row(path: string, modifiedMs: number, offset: number): SearchFileState {
  return { fileId: 1, path, identity: path, offset, sizeBytes: offset, modifiedMs };
}

function queueOver(states: readonly SearchFileState[]): BuildQueue {
  const rows: FileRows = {
    states: () => states,
    file: () => null,
    named: () => [],
    save: () => 1,
    remove: () => undefined,
  };
  return new BuildQueue(rows);
}

function all(queue: BuildQueue, files: readonly SearchFile[]): void {
  queue.list({ files, isFirst: true, isLast: true });
}

/** Does all work, and answers it in its order. */
function worked(queue: BuildQueue): readonly string[] {
  const done: string[] = [];
  for (let work = queue.next(); work !== null; work = queue.next()) {
    done.push(work.file === null ? `-${work.path}` : work.path);
    queue.step(0, true);
  }
  return done;
}

const counts = (queue: BuildQueue): readonly number[] => {
  const { filesDone, filesTotal, bytesDone, bytesTotal } = queue.progress();
  return [filesDone, filesTotal, bytesDone, bytesTotal];
};

test("what is gone first, then the newest; what is read already is done", () => {
  const queue = queueOver([row("same", 5, 100), row("grown", 2, 60), row("gone", 1, 10)]);
  all(queue, [file("old", 1), file("same", 5), file("grown", 3), file("new", 9)]);
  expect(counts(queue)).toEqual([1, 4, 160, 400]);
  expect(worked(queue)).toEqual(["-gone", "new", "grown", "old"]);
  expect(counts(queue)).toEqual([4, 4, 400, 400]);
  expect(queue.progress().secondsLeft).toBeNull();
});

test("what changed comes before the rest, once, and counts as what it replaced", () => {
  const queue = queueOver([]);
  all(queue, [file("a", 3), file("b", 2), file("c", 1)]);
  queue.change({ files: [file("b", 4, 120), file("later", 5)], gone: ["c"] });
  expect(worked(queue)).toEqual(["later", "b", "-c", "a"]);
  expect(counts(queue)).toEqual([3, 3, 300, 300]);
});

test("a file is read in steps; undone steps are taken again", () => {
  const queue = queueOver([]);
  all(queue, [file("a", 3), file("b", 2)]);
  queue.begin();
  queue.step(40, false);
  expect(counts(queue)).toEqual([0, 2, 40, 200]);
  queue.begin();
  queue.step(60, true);
  queue.step(30, false);
  expect(counts(queue)).toEqual([1, 2, 130, 200]);
  queue.rollBack();
  expect(counts(queue)).toEqual([0, 2, 40, 200]);
  expect(worked(queue)).toEqual(["a", "b"]);
  expect(counts(queue)).toEqual([2, 2, 200, 200]);
});

test("an avoided file is never read, and counts as done", () => {
  const queue = queueOver([]);
  all(queue, [file("a", 3), file("bad", 2)]);
  queue.avoid("bad");
  queue.change({ files: [file("bad", 9)], gone: [] });
  expect(worked(queue)).toEqual(["a"]);
  expect(counts(queue)).toEqual([2, 2, 200, 200]);
});

test("the end of a list whose beginning was not seen takes nothing out", () => {
  const queue = queueOver([row("known", 1, 10)]);
  expect(queue.list({ files: [], isFirst: false, isLast: true })).toBe(false);
  expect(queue.next()).toBeNull();
});
