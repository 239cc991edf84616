/** What is exported and read back into an empty ledger comes to the same there, and adds nothing where it is known. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sessionCharges } from "../../../../../electron/engine/storage/sessionCharges.ts";
import type { CostTotal } from "../../../../../electron/engine/storage/ledgerWrites.ts";
import { emptyFacts } from "../../../../../electron/engine/transcripts/fileFacts.ts";
import type { MessageCopy } from "../../../../../electron/engine/transcripts/messageCopy.ts";
import { type MemoryLedger, memoryLedger } from "./memoryLedger.ts";

const FROM_MS = Date.UTC(2026, 9, 30, 20);
const HOUR_MS = 3_600_000;
const CENT = 10_000_000;

interface GivenSession {
  readonly isFork: boolean;
  readonly isOwned: boolean;
  /** Known from its transcript; else from the live stream alone, and then without a title. */
  readonly hasTranscript: boolean;
  readonly project: string;
  readonly title: string;
  readonly messages: readonly GivenMessage[];
  /** Told by results, in the live stream. */
  readonly totals: readonly GivenTotal[];
  /** Told by its transcript, when processes ended. */
  readonly ends: readonly GivenEnd[];
}
interface GivenEnd {
  readonly hour: number;
  readonly cents: number;
  /** When its count began, where it says so. */
  readonly beganHour: number | null;
}
interface GivenMessage {
  /** Null where unknown. */
  readonly hour: number | null;
  readonly output: number | null;
  readonly what: "plain" | "subagent" | "bad" | "unpriced" | "provisional" | "forkCopy" | "noRequest";
}
interface GivenTotal {
  readonly hour: number;
  readonly cents: number;
  readonly addedCents: number | null;
  readonly hasTurn: boolean;
}

const hour = fc.integer({ min: 0, max: 60 });
const cents = fc.integer({ min: 0, max: 40 });
const distinct = { selector: (one: { readonly hour: number }) => one.hour, maxLength: 4 };
const given = fc.array(
  fc.record<GivenSession>({
    isFork: fc.boolean(),
    isOwned: fc.boolean(),
    hasTranscript: fc.boolean(),
    project: fc.constantFrom("/w/shop", '/w/=site, "new"', "/w/'a'"),
    title: fc.constantFrom("Fix the cart", "'quoted' first", "=SUM(A1)", "a\t“b”, c", "-"),
    messages: fc.array(
      fc.record<GivenMessage>({
        hour: fc.option(hour, { freq: 8 }),
        output: fc.option(fc.integer({ min: 0, max: 5000 }), { freq: 8 }),
        what: fc.constantFrom("plain", "plain", "subagent", "bad", "unpriced", "provisional", "forkCopy", "noRequest"),
      }),
      { maxLength: 6 },
    ),
    totals: fc.uniqueArray(
      fc.record<GivenTotal>({
        ...{ hour, cents, hasTurn: fc.boolean() },
        addedCents: fc.option(fc.integer({ min: 0, max: 9 })),
      }),
      distinct,
    ),
    ends: fc.uniqueArray(fc.record<GivenEnd>({ hour, cents, beganHour: fc.option(hour) }), distinct),
  }),
  { minLength: 1, maxLength: 4 },
);

function copyOf(session: GivenSession, name: string, message: GivenMessage, index: number): MessageCopy {
  const { hour: at, output, what } = message;
  const id = `${name}_${String(index)}`;
  return {
    ...{ messageId: `msg_${id}`, requestId: what === "noRequest" ? null : `req_${id}`, sessionId: name },
    ...{ isSidechain: what === "subagent", isForkCopy: what === "forkCopy", isProvisional: what === "provisional" },
    ...{ model: what === "unpriced" ? "nobody-knows" : "claude-opus-5-5" },
    atMs: at === null ? null : FROM_MS + at * HOUR_MS + index,
    ...{ input: 1000, output: what === "bad" ? -3 : output, cacheRead: 10, cacheWrite5m: 3, cacheWrite1h: null },
    ...{ webSearches: index, speed: "standard", serviceTier: null, inferenceGeo: "", tools: "Bash Read" },
    ...{ path: session.hasTranscript ? `/${name}.jsonl` : "", offset: index },
    ...{
      origin: session.hasTranscript ? "transcript" : "stream",
      turnId: "turn",
      isTurnTold: false,
      gitBranch: "main",
    },
  };
}

const nameOf = (index: number): string => `session_${String(index)}`;

function totalsOf(session: GivenSession, name: string): readonly CostTotal[] {
  return session.totals.map(({ hour: at, cents: total, addedCents, hasTurn }) => ({
    sessionId: name,
    atMs: FROM_MS + at * HOUR_MS + 100,
    totalNano: total * CENT,
    addedNano: addedCents === null ? null : addedCents * CENT,
    turnId: hasTurn ? `turn_${String(at)}` : null,
  }));
}

/** What its transcript says. */
function read({ writer }: MemoryLedger, session: GivenSession, name: string): void {
  const stat = { identity: name, sizeBytes: 1, modifiedMs: FROM_MS };
  const facts = {
    ...emptyFacts(),
    ...{ sessionId: name, firstCwd: session.project, customTitle: session.title },
    parentSessionId: session.isFork ? "parent" : null,
  };
  const copies = session.messages.map((message, index) => copyOf(session, name, message, index));
  // Just before the result that may say the same.
  const totals = session.ends.map(({ hour: at, cents: total, beganHour }) => ({
    ...{ atMs: FROM_MS + at * HOUR_MS + 50, costUsd: total / 100 },
    ...(beganHour === null ? {} : { beganMs: FROM_MS + beganHour * HOUR_MS }),
  }));
  const part = { ...stat, offset: 1, fingerprint: "", facts, copies, totals, isAnew: false, isDone: true };
  writer.writePart({ path: `/${name}.jsonl`, kind: "main", sessionId: name, ...stat }, part);
}

function filled(sessions: readonly GivenSession[]): MemoryLedger {
  const ledger = memoryLedger();
  for (const [index, session] of sessions.entries()) {
    const name = nameOf(index);
    if (session.hasTranscript) read(ledger, session, name);
    const streamed = session.hasTranscript
      ? []
      : session.messages.map((message, at) => copyOf(session, name, message, at));
    ledger.writer.writeTold({
      copies: streamed,
      totals: totalsOf(session, name),
      owned: session.isOwned ? [{ sessionId: name, projectPath: session.project }] : [],
    });
  }
  return ledger;
}

/** All that can be asked of costs, but where a message was read. */
function told(ledger: MemoryLedger, sessions: readonly GivenSession[]): unknown {
  const queries = ledger.queries();
  const report = (groupBy: "day" | "project" | "session" | "model", owner?: "owned" | "observed") =>
    queries.answer("report", { groupBy, timeZone: "Europe/Berlin", limit: 1000, owner });
  const names = sessions.map((_, index) => nameOf(index));
  const entries = queries.answer("entries", { order: "newest", limit: 1000 }).items;
  const { costOfSession } = sessionCharges(ledger.database);
  return {
    reports: [report("day"), report("project"), report("session"), report("model")],
    byOwner: [report("session", "owned"), report("session", "observed")],
    sessions: names.map((sessionId) => queries.answer("session", { sessionId }).cost),
    inHeaders: names.map(costOfSession),
    entries: entries
      .map(({ entryId: _id, place: _place, source: _source, inferenceGeo: _geo, ...entry }) => entry)
      .toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1)),
  };
}

/** In any order: messages and sessions have other numbers in another ledger. */
function lines(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/,$/u, ""))
    .toSorted();
}

/** All rows, as they are kept. */
function rows({ database }: MemoryLedger): unknown {
  return ["api_messages", "cost_totals", "owned_sessions", "transcript_sessions"].map((table) =>
    database.prepare(`SELECT * FROM ${table}`).all(),
  );
}

const formats = ["csv", "json"] as const;

describe.each(formats)("an export as %s", (format) => {
  test("into an empty ledger comes to the same, and again changes nothing", () => {
    fc.assert(
      fc.property(given, (sessions) => {
        const source = filled(sessions);
        const text = source.exported({ format });
        const target = memoryLedger();
        const { added, known } = target.take(text);
        expect([added, known]).toEqual([sessions.flatMap(({ messages }) => messages).length, 0]);
        expect(told(target, sessions)).toEqual(told(source, sessions));
        const before = rows(target);
        expect(target.take(text)).toEqual({ added: 0, known: added });
        expect(rows(target)).toEqual(before);
        expect(lines(target.exported({ format }))).toEqual(lines(text));
      }),
      { numRuns: 50 },
    );
  });

  test("into the ledger that it came from changes no row", () => {
    fc.assert(
      fc.property(given, (sessions) => {
        const source = filled(sessions);
        const text = source.exported({ format });
        const before = rows(source);
        source.take(text);
        expect(rows(source)).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  test("beside transcripts, whatever is read first, comes to the same", () => {
    fc.assert(
      fc.property(given, fc.boolean(), (sessions, isReadFirst) => {
        const source = filled(sessions);
        const target = memoryLedger();
        const readAll = (): void => {
          for (const [index, session] of sessions.entries())
            if (session.hasTranscript) read(target, session, nameOf(index));
          target.writer.commit();
        };
        if (isReadFirst) readAll();
        target.take(source.exported({ format }));
        if (!isReadFirst) readAll();
        expect(told(target, sessions)).toEqual(told(source, sessions));
      }),
      { numRuns: 50 },
    );
  });

  test("cut by bounds tells no total of a session that it cuts, and the rest completes it", () => {
    const bounds = fc
      .tuple(hour, hour)
      .map((hours) => hours.map((one) => new Date(FROM_MS + one * HOUR_MS).toISOString()));
    fc.assert(
      fc.property(given, bounds, (sessions, [from, to]) => {
        const source = filled(sessions);
        const target = memoryLedger();
        target.take(source.exported({ format, from, to }));
        const ask = { groupBy: "day", timeZone: "UTC", limit: 1000 } as const;
        const within = source.queries().answer("report", { ...ask, from, to }).total;
        const { unattributedUsd, ...messages } = target.queries().answer("report", ask).total;
        expect({ ...messages, unattributedUsd: within.unattributedUsd }).toEqual(within);
        expect(unattributedUsd).toBeCloseTo(wholeUsd(source, sessions, from, to), 5);
        target.take(source.exported({ format }));
        expect(told(target, sessions)).toEqual(told(source, sessions));
      }),
      { numRuns: 50 },
    );
  });
});

/** What is beyond the messages of the sessions that are all within the bounds. */
function wholeUsd(source: MemoryLedger, sessions: readonly GivenSession[], from = "", to = ""): number {
  const queries = source.queries();
  const times = (sessionId: string): readonly (string | null)[] => {
    const totals = source.database
      .prepare<[string], number>(
        "SELECT at_ms FROM cost_totals JOIN transcript_sessions USING (session_key) WHERE session_id = ?",
      )
      .pluck()
      .all(sessionId);
    const entries = queries.answer("entries", { order: "newest", limit: 1000, sessionId }).items;
    return [...totals.map((atMs) => new Date(atMs).toISOString()), ...entries.map(({ at }) => at)];
  };
  return sessions
    .map((_, index) => nameOf(index))
    .filter((sessionId) => times(sessionId).every((at) => at !== null && at >= from && at < to))
    .reduce((sum, sessionId) => sum + queries.answer("session", { sessionId }).cost.total.unattributedUsd, 0);
}
