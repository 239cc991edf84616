import { describe, expect, test } from "vitest";
import { createExportStore, type ExportProgress } from "../../../../renderer/stores/exportStore.ts";
import type { RequestResult } from "../../../../shared/contract/requests.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";

type Part = RequestResult<"sessions.export">;

function part(index: number, isLast: boolean): Part {
  return {
    fileName: "one.md",
    mediaType: "text/markdown",
    text: `part ${index}\n`,
    bytesDone: index * 10,
    bytesTotal: 20,
    nextCursor: isLast ? null : String(index),
  };
}

function createBench() {
  const host = createFakeHost();
  const store = createExportStore(host);
  const texts: string[] = [];
  const saved: string[] = [];
  const sink = {
    add: (text: string) => texts.push(text),
    save: (fileName: string, mediaType: string) => saved.push(`${fileName} ${mediaType}`),
  };
  return { host, store, texts, saved, sink };
}

describe("exporting a session", () => {
  test("joins all parts, tells how far it is, and saves once", async () => {
    const { host, store, texts, saved, sink } = createBench();
    host.answers["sessions.export"] = ({ cursor }) => (cursor === undefined ? part(1, false) : part(2, true));
    const seen: (ExportProgress | undefined)[] = [];
    store.subscribe((state) => seen.push(state.bySession["one"]));
    await store.getState().start("one", "markdown", sink);
    expect({ asked: host.asked, texts, saved, seen, notices: host.notices }).toEqual({
      asked: [
        ["sessions.export", { sessionId: "one", format: "markdown" }],
        ["sessions.export", { sessionId: "one", format: "markdown", cursor: "1" }],
      ],
      texts: ["part 1\n", "part 2\n"],
      saved: ["one.md text/markdown"],
      seen: [
        { format: "markdown", bytesDone: 0, bytesTotal: null },
        { format: "markdown", bytesDone: 10, bytesTotal: 20 },
        { format: "markdown", bytesDone: 20, bytesTotal: 20 },
        undefined,
      ],
      notices: [{ tone: "success", title: "The session was exported", text: "one.md" }],
    });
  });

  test("that is cancelled asks for nothing more and saves nothing", async () => {
    const { host, store, saved, sink } = createBench();
    const answer = openAnswer<Part>();
    host.answers["sessions.export"] = () => answer.promise;
    const running = store.getState().start("one", "html", sink);
    store.getState().cancel("one");
    answer.resolve(part(1, false));
    await running;
    expect({ asked: host.asked.length, saved, notices: host.notices, bySession: store.getState().bySession }).toEqual({
      asked: 1,
      saved: [],
      notices: [],
      bySession: {},
    });
  });

  test("begun anew after a cancel is not disturbed by the first", async () => {
    const { host, store, texts, saved, sink } = createBench();
    const slow = openAnswer<Part>();
    host.answers["sessions.export"] = ({ format }) => (format === "html" ? slow.promise : part(2, true));
    const first = store.getState().start("one", "html", sink);
    store.getState().cancel("one");
    await store.getState().start("one", "json", sink);
    slow.resolve(part(1, true));
    await first;
    expect({ texts, saved: saved.length }).toEqual({ texts: ["part 2\n"], saved: 1 });
  });

  test("runs once a session", async () => {
    const { host, store, sink } = createBench();
    const answer = openAnswer<Part>();
    host.answers["sessions.export"] = () => answer.promise;
    const running = store.getState().start("one", "json", sink);
    await store.getState().start("one", "markdown", sink);
    answer.resolve(part(1, true));
    await running;
    expect(host.asked.length).toBe(1);
  });

  test("that fails says why and saves nothing", async () => {
    const { host, store, saved, sink } = createBench();
    host.answers["sessions.export"] = refuse("transcript_missing", "It was deleted.");
    await store.getState().start("one", "json", sink);
    expect({ saved, notices: host.notices, bySession: store.getState().bySession }).toEqual({
      saved: [],
      notices: [{ tone: "failure", title: "The session was not exported", text: "It was deleted." }],
      bySession: {},
    });
  });
});
