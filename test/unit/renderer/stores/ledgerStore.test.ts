import { describe, expect, test } from "vitest";
import { createLedgerStore } from "../../../../renderer/stores/ledgerStore.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import { MAX_IMPORT_CHARACTERS } from "../../../../shared/contract/limits.ts";
import { settled } from "./fakeClock.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";

type Part = RequestResult<"costs.export">;

function part(text: string, nextCursor: string | null): Part {
  return { fileName: "costs.csv", mediaType: "text/csv", text, bytesDone: text.length, bytesTotal: 9, nextCursor };
}

function createBench() {
  const host = createFakeHost();
  let changes = 0;
  const store = createLedgerStore({
    request: host.request,
    notify: host.notify,
    onChanged: () => {
      changes += 1;
    },
  });
  const saved: string[] = [];
  const pieces: string[] = [];
  const sink = {
    add: (text: string) => void pieces.push(text),
    save: (name: string) => void saved.push(`${name}: ${pieces.join("")}`),
  };
  return { host, store, sink, saved, changes: () => changes };
}

describe("an export of the ledger", () => {
  test("is put together of its parts", async () => {
    const { host, store, sink, saved } = createBench();
    host.answers["costs.export"] = ({ cursor }) => (cursor === undefined ? part("one ", "1") : part("two", null));
    await store.getState().write({ format: "csv", project: "/p" }, sink);
    expect([saved, host.asked, store.getState()]).toMatchObject([
      ["costs.csv: one two"],
      [
        ["costs.export", { format: "csv", project: "/p" }],
        ["costs.export", { format: "csv", project: "/p", cursor: "1" }],
      ],
      { task: null, outcome: { kind: "export", fileName: "costs.csv" } },
    ]);
  });

  test("that is cancelled leaves no file, and makes room for another task", async () => {
    const { host, store, sink, saved } = createBench();
    const slow = openAnswer<Part>();
    host.answers["costs.export"] = () => slow.promise;
    const written = store.getState().write({ format: "json" }, sink);
    store.getState().cancel();
    slow.resolve(part("all", null));
    await written;
    expect([saved, store.getState().task, store.getState().outcome]).toEqual([[], null, null]);
  });

  test("keeps other tasks from beginning", async () => {
    const { host, store, sink } = createBench();
    host.answers["costs.export"] = () => openAnswer<Part>().promise;
    void store.getState().write({ format: "json" }, sink);
    await store.getState().vacuum();
    expect(host.asked.map(([name]) => name)).toEqual(["costs.export"]);
  });
});

describe("an import", () => {
  test("is sent in pieces and tells the lines of the whole file", async () => {
    const { host, store, changes } = createBench();
    const long = "x".repeat(MAX_IMPORT_CHARACTERS - 12);
    host.answers["costs.import"] = () => ({
      ...{ added: 1, known: 2, rejectedCount: 1 },
      rejected: [{ line: 2, reason: "no" }],
    });
    await store.getState().readBack(() => Promise.resolve(`messageId\n${long}\nlast\n`));
    expect([host.asked.length, changes(), store.getState().outcome]).toEqual([
      2,
      1,
      {
        ...{ kind: "import", added: 2, known: 4, rejectedCount: 2 },
        rejected: [
          { line: 2, reason: "no" },
          { line: 3, reason: "no" },
        ],
      },
    ]);
  });

  test("of something else is refused here", async () => {
    const { host, store } = createBench();
    await store.getState().readBack(() => Promise.resolve("[broken"));
    expect([host.asked, host.notices]).toEqual([
      [],
      [
        {
          tone: "failure",
          title: "The file was not imported",
          text: "This is neither an export as CSV nor one as JSON.",
        },
      ],
    ]);
  });
});

describe("care for the file", () => {
  test("is told with what it came to", async () => {
    const { host, store, changes } = createBench();
    host.answers["ledger.backup"] = () => ({ path: "/b.db", sizeBytes: 5 });
    host.answers["ledger.vacuum"] = () => ({ sizeBytesBefore: 9, sizeBytesAfter: 4 });
    await store.getState().backUp();
    const { outcome } = store.getState();
    await store.getState().vacuum();
    expect([outcome, store.getState().outcome, changes()]).toEqual([
      { kind: "backup", path: "/b.db", sizeBytes: 5 },
      { kind: "vacuum", sizeBytesBefore: 9, sizeBytesAfter: 4 },
      2,
    ]);
  });

  test("that fails says why, and is over", async () => {
    const { host, store } = createBench();
    host.answers["ledger.backup"] = refuse("internal", "The disk is full.");
    await store.getState().backUp();
    await settled();
    expect([store.getState().task, host.notices]).toEqual([
      null,
      [{ tone: "failure", title: "The ledger was not backed up", text: "The disk is full." }],
    ]);
  });
});
