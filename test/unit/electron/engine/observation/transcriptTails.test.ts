import { expect, test } from "vitest";
import { type FollowedFile, TranscriptTails } from "../../../../../electron/engine/observation/transcriptTails.ts";
import type { JsonObject } from "../../../../../shared/model/json.ts";
import { SESSION_ID } from "./observationFixture.ts";

const PATH = "/projects/shop/session-1.jsonl";

/** A transcript on a disk of the test's: a record a byte. */
interface FakeFile {
  records: JsonObject[];
  identity: string;
}

/** Tails over files of the test's. */
function tailsUnderTest() {
  const disk = new Map<string, FakeFile>();
  const indexed = new Map<string, FollowedFile>();
  const owned = new Set<string>();
  const plans = new Map<string, string>();
  const told: string[] = [];
  const looked: string[] = [];
  const problems: unknown[] = [];
  const followed: string[] = [];
  let readsHeldBack: Promise<void> = Promise.resolve();
  const tails = new TranscriptTails({
    fileOf: (sessionId) => indexed.get(sessionId) ?? null,
    isOwned: (sessionId) => owned.has(sessionId),
    readEnd: async (path) => {
      const file = disk.get(path);
      const records = [...(file?.records ?? [])];
      await readsHeldBack;
      if (file === undefined) throw new Error("It is gone.");
      return { records, endOffset: records.length };
    },
    follow: (path, { from, onRecords, onReset }) => {
      followed.push(`${path} from ${String(from)}`);
      let offset = from;
      let identity: string | null = null;
      let isClosed = false;
      return {
        get offset() {
          return offset;
        },
        poke: async () => {
          const file = disk.get(path);
          if (file === undefined) throw new Error("It is gone.");
          if (file.records.length < offset || (identity ?? file.identity) !== file.identity) {
            offset = 0;
            onReset();
          }
          identity = file.identity;
          const records = file.records.slice(offset);
          offset = file.records.length;
          if (!isClosed && records.length > 0) onRecords(records);
        },
        close: () => {
          isClosed = true;
        },
      };
    },
    eventsOf: ({ text }) => {
      if (typeof text !== "string") return [];
      return [{ draft: { type: "notice.reported", data: { text, level: null } }, at: null }];
    },
    emit: (_sessionId, draft) => {
      if (draft.type === "notice.reported") told.push(draft.data.text);
    },
    readPlan: (path, file) => Promise.resolve(plans.get(`${path} ${file}`) ?? null),
    onActivity: (sessionId) => looked.push(sessionId),
    onProblem: (_sessionId, error) => problems.push(error),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    tails,
    indexed,
    owned,
    plans,
    problems,
    followed,
    told: () => told.splice(0),
    looked: () => looked.splice(0),
    settled,
    /** Makes a transcript that the index knows of. */
    make: (texts: readonly string[], path = PATH, identity = "1") => {
      disk.set(path, { records: texts.map(inWords), identity });
      indexed.set(SESSION_ID, { path, identity });
    },
    append: async (...said: readonly (string | JsonObject)[]) => {
      const path = indexed.get(SESSION_ID)?.path ?? PATH;
      disk.get(path)?.records.push(...said.map((one) => (typeof one === "string" ? inWords(one) : one)));
      tails.filesChanged([path, "/projects/shop/other.jsonl"]);
      await settled();
    },
    /** The index tells of what it has found. */
    tellIndexed: async () => {
      tails.sessionsChanged([SESSION_ID, "other"]);
      await settled();
    },
    move: (to: string) => {
      const file = disk.get(PATH);
      disk.delete(PATH);
      if (file !== undefined) disk.set(to, file);
    },
    holdReadsBack: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      readsHeldBack = promise;
      return resolve;
    },
  };
}

/** The last words of a turn. */
function inWords(text: string): JsonObject {
  const message = { id: `msg_${text}`, role: "assistant", content: [{ type: "text", text }], stop_reason: "end_turn" };
  return { type: "assistant", uuid: text, text, message };
}

test("of a live session it is told what it does, but nothing that is said while nobody watches", async () => {
  const { tails, make, append, told, looked, settled } = tailsUnderTest();
  make(["hello"]);
  expect(tails.activityOf(SESSION_ID)).toEqual({ kind: "unknown" });
  tails.setLive([SESSION_ID]);
  await settled();
  expect([tails.activityOf(SESSION_ID), looked()]).toEqual([{ kind: "idle", text: "hello" }, [SESSION_ID]]);
  await append("Shall I go on?");
  expect([tails.activityOf(SESSION_ID), looked()]).toEqual([
    { kind: "awaiting_answer", question: "Shall I go on?", asksByTool: false },
    [SESSION_ID],
  ]);
  expect(told()).toEqual([]);
  tails.setLive([]);
  expect(tails.activityOf(SESSION_ID)).toEqual({ kind: "unknown" });
  await append("unseen");
  expect(looked()).toEqual([]);
});

test("a client is told what is appended from its hold on, however many hold, until the last lets go", async () => {
  const { tails, make, append, told, followed } = tailsUnderTest();
  make(["one", "two"]);
  const first = tails.hold(SESSION_ID);
  await first.opened;
  expect(first.offset()).toBe(2);
  const second = tails.hold(SESSION_ID);
  await second.opened;
  await append("three");
  expect([told(), second.offset()]).toEqual([["three"], 3]);
  first.release();
  first.release();
  await append("four");
  expect(told()).toEqual(["four"]);
  second.release();
  await append("five");
  expect([told(), second.offset(), followed]).toEqual([[], null, [`${PATH} from 2`]]);
});

test("a live session's tail goes on when a client comes and goes", async () => {
  const { tails, make, append, told, followed } = tailsUnderTest();
  make(["one"]);
  tails.setLive([SESSION_ID]);
  const held = tails.hold(SESSION_ID);
  await held.opened;
  await append("two");
  held.release();
  await append("three");
  expect(told()).toEqual(["two"]);
  expect(tails.activityOf(SESSION_ID)).toEqual({ kind: "idle", text: "three" });
  expect(followed).toEqual([`${PATH} from 1`]);
});

test("of a watched session without a transcript all is new when it comes", async () => {
  const { tails, make, append, told, tellIndexed } = tailsUnderTest();
  tails.setLive([SESSION_ID]);
  const held = tails.hold(SESSION_ID);
  await held.opened;
  expect(held.offset()).toBeNull();
  await tellIndexed();
  make(["one", "two"]);
  await tellIndexed();
  expect([told(), held.offset()]).toEqual([["one", "two"], 2]);
  await append("three");
  expect(told()).toEqual(["three"]);
});

test("a client that let go before there was a transcript is not remembered", async () => {
  const { tails, make, told, tellIndexed, followed } = tailsUnderTest();
  tails.setLive([SESSION_ID]);
  const held = tails.hold(SESSION_ID);
  await held.opened;
  held.release();
  tails.setLive([]);
  tails.setLive([SESSION_ID]);
  make(["one"]);
  await tellIndexed();
  expect([told(), followed]).toEqual([[], [`${PATH} from 1`]]);
});

test("a hold that is released while the file is opened leaves nothing behind", async () => {
  const { tails, make, append, told, holdReadsBack, followed } = tailsUnderTest();
  make(["one"]);
  const goOn = holdReadsBack();
  const held = tails.hold(SESSION_ID);
  held.release();
  goOn();
  await held.opened;
  await append("two");
  expect([followed, told(), held.offset()]).toEqual([[], [], null]);
});

test("what is appended while the end is read is told to whoever holds", async () => {
  const { tails, make, append, told, holdReadsBack, settled } = tailsUnderTest();
  make(["one"]);
  const goOn = holdReadsBack();
  const held = tails.hold(SESSION_ID);
  const again = tails.hold(SESSION_ID);
  await append("two");
  goOn();
  await Promise.all([held.opened, again.opened]);
  await settled();
  expect([told(), held.offset()]).toEqual([["two"], 2]);
});

test("nothing is told of a session that is owned here; clients go on hearing once it is not", async () => {
  const { tails, make, append, owned, told, settled } = tailsUnderTest();
  make(["one"]);
  const held = tails.hold(SESSION_ID);
  await held.opened;
  owned.add(SESSION_ID);
  tails.drop(SESSION_ID);
  tails.setLive([SESSION_ID]);
  await append("by its own process");
  const late = tails.hold(SESSION_ID);
  await late.opened;
  expect([told(), held.offset(), late.offset()]).toEqual([[], null, null]);
  owned.delete(SESSION_ID);
  tails.free(SESSION_ID);
  tails.setLive([]);
  await settled();
  await append("elsewhere");
  expect(told()).toEqual(["elsewhere"]);
  held.release();
  await append("still held");
  expect(told()).toEqual(["still held"]);
  late.release();
  await append("unheard");
  expect(told()).toEqual([]);
});

test("a session that is taken over while its file is opened is not followed", async () => {
  const { tails, make, owned, holdReadsBack, followed } = tailsUnderTest();
  make(["one"]);
  const goOn = holdReadsBack();
  const held = tails.hold(SESSION_ID);
  owned.add(SESSION_ID);
  tails.drop(SESSION_ID);
  goOn();
  await held.opened;
  expect(followed).toEqual([]);
});

test("what a process writes while it is started here is told by itself, unless it does not come to that", async () => {
  const { tails, make, append, owned, told, settled } = tailsUnderTest();
  make(["one"]);
  await tails.hold(SESSION_ID).opened;
  const failing = tails.whileStarting(SESSION_ID, async () => {
    await append("of the one that failed");
    expect(told()).toEqual([]);
    throw new Error("It did not start.");
  });
  await expect(failing).rejects.toThrow("It did not start.");
  await settled();
  expect(told()).toEqual(["of the one that failed"]);
  const started = await tails.whileStarting(SESSION_ID, async () => {
    await append("of the one that started");
    owned.add(SESSION_ID);
    tails.drop(SESSION_ID);
    return "started";
  });
  await settled();
  expect([started, told()]).toEqual(["started", []]);
});

test("a file that is moved is followed where it is, without gap or repetition", async () => {
  const { tails, make, append, move, indexed, told, tellIndexed, followed } = tailsUnderTest();
  make(["one"]);
  await tails.hold(SESSION_ID).opened;
  move("/projects/worktree/session-1.jsonl");
  indexed.delete(SESSION_ID);
  await tellIndexed();
  indexed.set(SESSION_ID, { path: "/projects/worktree/session-1.jsonl", identity: "1" });
  await append("two");
  await tellIndexed();
  expect(told()).toEqual(["two"]);
  await append("three");
  expect(told()).toEqual(["three"]);
  expect(followed).toEqual([`${PATH} from 1`, "/projects/worktree/session-1.jsonl from 1"]);
  expect(tails.activityOf(SESSION_ID)).toEqual({ kind: "idle", text: "three" });
});

test("when another file takes the place, only what comes after its end is told", async () => {
  const { tails, make, append, told, tellIndexed } = tailsUnderTest();
  make(["one"]);
  await tails.hold(SESSION_ID).opened;
  make(["other one", "other two"], "/projects/copy/session-1.jsonl", "2");
  await tellIndexed();
  await append("other three");
  expect(told()).toEqual(["other three"]);
});

test("a file that is cut or replaced in its place is no news; what comes after its end is", async () => {
  const { tails, make, append, told, settled } = tailsUnderTest();
  make(["one", "two", "three"]);
  await tails.hold(SESSION_ID).opened;
  await settled();
  make(["one"]);
  tails.filesChanged([PATH]);
  await settled();
  expect([told(), tails.activityOf(SESSION_ID)]).toEqual([[], { kind: "idle", text: "one" }]);
  await append("four");
  expect(told()).toEqual(["four"]);
});

test("a file that vanishes is a problem to report, and is followed again when it comes back", async () => {
  const { tails, make, move, append, problems, told, tellIndexed, settled } = tailsUnderTest();
  make(["one"]);
  move("/elsewhere");
  const held = tails.hold(SESSION_ID);
  await held.opened;
  expect([problems.length, held.offset()]).toEqual([1, null]);
  make(["one"]);
  await tellIndexed();
  expect(held.offset()).toBe(1);
  move("/elsewhere");
  tails.filesChanged([PATH]);
  await settled();
  expect(problems.length).toBe(2);
  make(["one"]);
  await append("two");
  expect(told()).toEqual(["two"]);
});

test("after the end nothing is told", async () => {
  const { tails, make, append, told, looked } = tailsUnderTest();
  make(["one"]);
  tails.setLive([SESSION_ID]);
  await tails.hold(SESSION_ID).opened;
  looked();
  tails.close();
  await append("two");
  expect([told(), looked()]).toEqual([[], []]);
});

test("a plan that its call does not hold is read where the transcript says it is", async () => {
  const { tails, make, append, plans, looked, settled } = tailsUnderTest();
  const call = (id: string, input: JsonObject): JsonObject => {
    const content = [{ type: "tool_use", id, name: "ExitPlanMode", input }];
    return { type: "assistant", slug: "brave-otter", message: { id, content, stop_reason: "tool_use" } };
  };
  plans.set(`${PATH} brave-otter.md`, "# Plan");
  plans.set(`${PATH} /plans/other.md`, "# Other");
  make(["hello"]);
  tails.setLive([SESSION_ID]);
  await settled();
  looked();
  await append(call("t1", {}));
  expect([tails.activityOf(SESSION_ID), looked()]).toEqual([
    { kind: "plan_ready", plan: "# Plan" },
    [SESSION_ID, SESSION_ID],
  ]);
  await append("Changed my mind.", { type: "user", message: { content: "go on" } });
  await append(call("t2", { planFilePath: "/plans/other.md" }));
  expect(tails.activityOf(SESSION_ID)).toEqual({ kind: "plan_ready", plan: "# Other" });
});
