import { describe, expect, test } from "vitest";
import { importedLabels } from "../../../../../electron/engine/costs/importedCharges.ts";
import { readImport } from "../../../../../electron/engine/ledger/costImport.ts";
import type { MessageCopy } from "../../../../../electron/engine/transcripts/messageCopy.ts";
import { importParts } from "../../../../../renderer/stores/importParts.ts";
import { type MemoryLedger, memoryLedger } from "./memoryLedger.ts";

/** As exports were before they told totals, owners and titles. */
const BEFORE =
  "messageId,requestId,at,sessionId,projectPath,gitBranch,turnId,isSubagent,tools,model,speed,serviceTier,inferenceGeo," +
  "input,output,cacheRead,cacheWrite5m,cacheWrite1h,webSearches,costUsd,unpricedReason,priceId";

const HEADER = "kind,messageId,at,sessionId,model,input,output,isSubagent,totalUsd,addedUsd";

function reasons(text: string): readonly string[] {
  return readImport(text).rejected.map(({ line, reason }) => `${line}: ${reason}`);
}

const good = { messageId: "m", sessionId: "s" };

describe("what is no row is named in plain words", () => {
  test.each([
    ["half of a JSON", '[{"messageId":"m"', "1: This is not JSON: the file is cut off, or was changed by hand."],
    ["a JSON row that is none", "[5]", "1: This is no row."],
    ["another file", "a,b\n1,2", "1: The first line does not name the columns of an export."],
    ["an open quotation mark", `${HEADER}\nmessage,"m`, "2: A quotation mark is not closed, or stands within a field."],
    ["another kind", `${HEADER}\nsum,m,,s`, "2: kind must be message or total."],
    ["a line without an id, after an empty one", `${HEADER}\n,,,\n\nmessage,,,s`, "4: messageId is missing."],
    ["a count that is none", `${HEADER}\nmessage,m,,s,,ten`, "2: input must be a whole number from 0 to 10000000."],
    ["a negative count", `${HEADER}\nmessage,m,,s,,1,-3`, "2: output must be a whole number from 0 to 10000000."],
    ["another time", `${HEADER}\nmessage,m,20.11.2026,s`, "2: at must be a time such as 2026-11-20T10:00:00.000Z."],
    ["a total without a time", `${HEADER}\ntotal,,,s,,,,,3`, "2: at must be a time such as 2026-11-20T10:00:00.000Z."],
    ["another truth", `${HEADER}\nmessage,m,,s,,,,WAHR`, "2: isSubagent must be true or false."],
    ["an id that is a number", JSON.stringify([{ ...good, messageId: 5 }]), "1: messageId must be a text."],
    [
      "an amount that is none",
      `${HEADER}\ntotal,,2026-11-20T10:00:00Z,s,,,,,-1`,
      "2: totalUsd must be an amount of dollars from 0 to 9000000.",
    ],
  ])("%s", (_name, text, reason) => {
    expect(reasons(text)[0]).toBe(reason);
  });

  test("and harms no other", () => {
    const read = readImport(`${HEADER}\r\nmessage,m1,,s\r\nmessage,,,s\r\nmessage,m2,,s\r\n`);
    expect([read.messages.map(({ messageId }) => messageId), read.rejected.length]).toEqual([["m1", "m2"], 1]);
  });
});

test("an export of before is read, and says where its sessions are", () => {
  const ledger = memoryLedger();
  const at = "2026-11-20T10:00:00.000Z";
  ledger.take(`${BEFORE}\r\nm1,r1,${at},s,/w/shop,main,t,false,Bash,claude-opus-5-5,,,,1000,100,0,0,0,0,0.006,,x\r\n`);
  const [entry] = ledger.queries().answer("entries", { order: "newest", limit: 1 }).items;
  expect(entry).toMatchObject({ at, projectPath: "/w/shop", gitBranch: "main", costUsd: 0.006, tools: ["Bash"] });
});

test("what a spreadsheet saved anew is read as it was", () => {
  const { messages } = readImport(`\uFEFF${HEADER}\nmessage,m1,,s,'=x,1E+3,, TRUE ,,\nmessage,m2,,s,,,,False,,\n`);
  expect(messages.map(({ isSubagent, input, model }) => [isSubagent, input, model])).toEqual([
    [true, 1000, "=x"],
    [false, null, null],
  ]);
});

test("a session is owned, named and placed by any of its rows, and never ceases to be", () => {
  const ledger = memoryLedger();
  const row = (more: object): object => ({ ...good, input: 1, output: 1, at: "2026-11-20T10:00:00Z", ...more });
  ledger.take(JSON.stringify([row({}), row({ messageId: "n", owner: "owned", sessionTitle: "T", projectPath: "/p" })]));
  ledger.take(JSON.stringify([row({ owner: "observed", sessionTitle: "Other", projectPath: "/other" })]));
  const ask = { groupBy: "session", timeZone: "UTC", limit: 9, owner: "owned" } as const;
  const { rows } = ledger.queries().answer("report", ask);
  expect(rows.map(({ key, label, messages }) => [key, label, messages])).toEqual([["s", "T", 2]]);
  expect(ledger.queries().answer("report", { ...ask, groupBy: "project" }).rows[0]?.key).toBe("/p");
});

test("a total that was told here stays; what it lacks is added when it is the same", () => {
  const ledger = memoryLedger();
  const total = { sessionId: "s", atMs: Date.UTC(2026, 10, 20), totalNano: 5e9, addedNano: null, turnId: null };
  ledger.writer.writeTold({ copies: [], totals: [total], owned: [] });
  const told = { kind: "total", sessionId: "s", at: "2026-11-20T00:00:00Z" };
  ledger.take(JSON.stringify([{ ...told, totalUsd: 7, addedUsd: 7, turnId: "other" }]));
  ledger.take(JSON.stringify([{ ...told, totalUsd: 5, addedUsd: 2, turnId: "t" }]));
  ledger.take(JSON.stringify([{ ...told, totalUsd: 5, addedUsd: 3, turnId: "late" }]));
  expect(ledger.database.prepare("SELECT total_nano, added_nano, turn_id FROM cost_totals").all()).toEqual([
    { total_nano: 5e9, added_nano: 2e9, turn_id: "t" },
  ]);
});

/** Enough for several parts, of totals and of messages. */
function large(): MemoryLedger {
  const ledger = memoryLedger();
  const fromMs = Date.UTC(2026, 10, 1);
  const copies = Array.from({ length: 1700 }, (_, at): MessageCopy => ({
    ...{ messageId: `m${at}`, requestId: `r${at}`, sessionId: `s${at % 300}`, atMs: fromMs + at * 1000 },
    ...{ isSidechain: false, isForkCopy: false, isProvisional: false, isTurnTold: false },
    ...{ model: "claude-opus-5-5", input: 1000, output: at, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    ...{ webSearches: 0, speed: null, serviceTier: null, inferenceGeo: null, turnId: null, gitBranch: null },
    ...{ path: "", offset: 0, origin: "stream" },
  }));
  const totals = Array.from({ length: 1500 }, (_, at) => {
    const told = { sessionId: `s${at % 300}`, totalNano: at * 10_000_001, addedNano: null, turnId: `t${at}` };
    return { ...told, atMs: fromMs + at * 1200 };
  });
  ledger.writer.writeTold({ copies, totals, owned: [] });
  return ledger;
}

describe.each(["csv", "json"] as const)("a large ledger as %s", (format) => {
  const source = large();
  const text = source.exported({ format });
  const ask = { groupBy: "session", timeZone: "UTC", limit: 1000 } as const;

  test("is in parts of which none is left out, and read back in pieces", () => {
    const target = memoryLedger();
    for (const part of importParts(text, 20_000) ?? []) target.take(part.text);
    expect(target.queries().answer("report", ask)).toEqual(source.queries().answer("report", ask));
    const { messages, totals } = readImport(text);
    expect([messages.length, totals.length]).toEqual([1700, 1500]);
  });

  test("has in one column what the ledger tells, also within bounds", () => {
    const bounds = { from: "2026-11-01T00:05:00.000Z", to: "2026-11-01T00:20:00.000Z" };
    for (const asked of [{}, bounds, { sessionId: "s7" }, { model: "claude-opus-5-5" }]) {
      const { total } = source.queries().answer("report", { ...ask, ...asked });
      const told = source.exported({ format, ...asked });
      expect(costColumn(told, format)).toBeCloseTo(total.costUsd + ("model" in asked ? 0 : total.unattributedUsd), 3);
    }
  });
});

function costColumn(text: string, format: "csv" | "json"): number {
  const sum = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);
  if (format === "json") {
    const rows: readonly { readonly costUsd: number }[] = JSON.parse(text);
    return sum(rows.map(({ costUsd }) => costUsd));
  }
  const [header = "", ...lines] = text.trimEnd().split("\r\n");
  const column = header.split(",").indexOf("costUsd");
  return sum(lines.map((line) => Number(line.split(",")[column])));
}

test("labels are read with the rows of their sessions, and one that is none loses no row", () => {
  const rows = ["message,m1,s1, Acme  Ltd ", `message,m2,s2,${"x".repeat(101)}`, "message,m3,s3,"];
  const read = readImport(["kind,messageId,sessionId,label", ...rows].join("\n"));
  expect([read.messages.length, read.rejected, importedLabels(read)]).toEqual([
    3,
    [],
    [{ sessionId: "s1", label: "Acme Ltd" }],
  ]);
});
