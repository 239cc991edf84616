/** A host whose disk is full goes on, says so, and writes everything once there is room. */
import Database from "better-sqlite3";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { HostInfo } from "../../shared/model/host.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { connectToHost, type HostConnection } from "../support/connectToHost.ts";
import { type FullDisk, limitedFiles, smallDisk } from "../support/fullDisk.ts";
import { startScriptedApi } from "../support/scriptedApi/scriptedApi.ts";
import { type StartedHost, startHost } from "../support/startHost.ts";
import { untilPasses } from "../support/untilPasses.ts";
import { connectClient } from "./hostUnderTest.ts";

const disks: readonly (readonly [string, () => FullDisk | null])[] = [
  ["a small disk", smallDisk],
  ["a limit on files", limitedFiles],
];

interface Stage {
  readonly disk: FullDisk;
  readonly host: StartedHost;
  readonly connection: HostConnection;
  readonly environment: ClaudeEnvironment;
}

/** Everything is ended when `play` is over. */
async function onDisk(disk: FullDisk, play: (stage: Stage) => Promise<void>): Promise<void> {
  const api = await startScriptedApi();
  const environment = await createClaudeEnvironment({ apiUrl: api.url });
  const { env, claudePath } = environment;
  const host = await startHost({ env, claudePath, dataDir: join(disk.path, "data") });
  const connection = connectToHost({ ...host, clientName: "test" });
  try {
    await play({ disk, host, connection, environment });
  } catch (error) {
    throw new Error(`The host wrote: ${host.stderrTail()}`, { cause: error });
  } finally {
    connection.dispose();
    await host.stop();
    await api.close();
    await environment.dispose();
    disk.dispose();
  }
}

/** Asks until the host's notices are so. */
function untilNotices(connection: HostConnection, are: (notices: readonly string[]) => boolean): Promise<HostInfo> {
  return untilPasses(
    async () => {
      const info = await connection.request("host.get", {});
      expect(info.notices).toSatisfy(are);
      return info;
    },
    { timeout: 60_000, interval: 20 },
  );
}

const saysFull = (notices: readonly string[]): boolean =>
  notices.some((notice) => notice.startsWith("The disk is full: what sessions do and what is decided"));

const PADDING = "x".repeat(60_000);

describe.each(disks)("on %s", (name, makeDisk) => {
  it("asks and answers, delivers and counts while nothing can be written, and keeps all of it", async (context) => {
    const disk = makeDisk();
    if (disk === null) return context.skip(`This system gives us no ${name}.`);
    await onDisk(disk, async ({ host, connection, environment }) => {
      const cwd = await environment.projectDir("shop");
      const { sessionId } = await connection.request("sessions.start", { cwd, prompt: "USAGE input=1000 output=100" });
      await connection.untilEvent(sessionId, ({ type }) => type === "turn.completed");
      const ledgerBefore = await untilEntries(connection, 1);
      const told = await connectClient(host);
      told.say({ t: "subscribe", id: 1, feed: { kind: "host" }, credit: 10_000 });
      disk.fill(host.pid);

      // What room there is in files that are there already is used up.
      for (let turn = 0; turn < 3; turn += 1)
        await connection.request("payloads.send", { sessionId, kind: "context", text: PADDING, delivery: "silent" });
      const sent = await connection.request("payloads.send", {
        sessionId,
        kind: "message",
        text: "RUN_BASH: touch here",
      });
      const asked = await connection.untilEvent(sessionId, ({ type }) => type === "permission.requested");
      if (asked.type !== "permission.requested") throw new Error("unreachable");
      await untilNotices(connection, saysFull);
      await told.heard(
        (frame) =>
          frame.t === "events" &&
          frame.events.some((event) => event.type === "host.noticesChanged" && saysFull(event.data.notices)),
      );
      const { permissionId } = asked.data.permission;
      const pending = await connection.request("permissions.list", { status: "pending" });
      expect(pending.items.map((permission) => permission.permissionId)).toEqual([permissionId]);
      const decided = await connection.request("permissions.decide", { permissionId, behavior: "allow" });
      expect(decided.status).toBe("allowed");
      await connection.untilEvent(
        sessionId,
        (event) => event.type === "turn.completed" && event.data.payloadIds.includes(sent.payloadId),
      );
      const { items: events } = await connection.request("sessions.events", { sessionId });
      expect(events.map(({ type }) => type)).toContain("permission.settled");
      expect(await connection.request("payloads.get", { payloadId: sent.payloadId })).toMatchObject({
        receipt: "answered",
      });
      const ledger = await untilPasses(
        async () => {
          const state = await connection.request("ledger.get", {});
          expect(state.problem).toMatch(/disk is full/u);
          return state;
        },
        { timeout: 20_000, interval: 50 },
      );
      expect(ledger.entries).toBe(ledgerBefore);
      expect(stored(disk, permissionId)).not.toBe("allowed");

      disk.free(host.pid);
      await untilNotices(connection, (notices) => notices.length === 0);
      expect(stored(disk, permissionId)).toBe("allowed");
      const after = await connection.request("sessions.events", { sessionId });
      expect(after.items).toEqual(events);
      await untilEntries(connection, ledgerBefore + 2);
      expect((await connection.request("ledger.get", {})).problem).toBeNull();
      told.socket.close();
    });
  });
});

describe.each(disks)("budgets on %s", (name, makeDisk) => {
  it("hold, tell and are overridden while nothing can be written, and all of it is kept", async (context) => {
    const disk = makeDisk();
    if (disk === null) return context.skip(`This system gives us no ${name}.`);
    await onDisk(disk, async ({ host, connection, environment }) => {
      const cwd = await environment.projectDir("shop");
      const { sessionId } = await connection.request("sessions.start", { cwd, prompt: "USAGE input=1000 output=100" });
      await connection.untilEvent(sessionId, ({ type }) => type === "turn.completed");
      await untilEntries(connection, 1);
      const scope = { kind: "session", sessionId } as const;
      const terms = { scope, period: "always", limit: { unit: "usd", amount: 0.001 }, atLimit: "hold" } as const;
      const { budget } = await connection.request("budgets.create", { ...terms, name: "Before" });
      const goOn = { sessionId, kind: "message", text: "SAY on" } as const;
      const isHeld = () =>
        expect(connection.request("payloads.send", goOn)).rejects.toMatchObject({ code: "budget_reached" });
      await isHeld();

      disk.fill(host.pid);
      const padding = { sessionId, kind: "context", text: PADDING, delivery: "silent" } as const;
      for (let count = 0; count < 3; count += 1) await connection.request("payloads.send", padding);
      await untilNotices(connection, saysFull);
      await isHeld();
      const made = await connection.request("budgets.create", { ...terms, name: "While full" });
      const { budgetId } = made.budget;
      await connection.untilEvent(
        sessionId,
        (event) => event.type === "budget.crossed" && event.data.alert.budgetId === budgetId,
      );
      await connection.request("budgets.override", { budgetId: budget.budgetId, note: "One" });
      await isHeld();
      await connection.request("budgets.override", { budgetId, note: "Two" });
      await connection.request("payloads.send", goOn);
      await connection.request("budgets.revoke", { budgetId: budget.budgetId });
      await isHeld();
      const look = async () => [
        (await connection.request("alerts.list", {})).items,
        (await connection.request("overrides.list", {})).items,
      ];
      const recorded = await look();
      expect(recorded).toMatchObject([
        [
          { budgetName: "While full", percent: 100 },
          { budgetName: "Before", percent: 100 },
        ],
        [
          { budgetName: "While full", note: "Two", revokedAt: null },
          { budgetName: "Before", note: "One", revokedAt: expect.any(String) },
        ],
      ]);
      expect(rowsOf(disk, "budget_overrides")).toBe(0);

      disk.free(host.pid);
      await untilNotices(connection, (notices) => notices.length === 0);
      expect(await look()).toEqual(recorded);
      expect([rowsOf(disk, "budgets"), rowsOf(disk, "budget_overrides")]).toEqual([2, 2]);
      await isHeld();
    });
  });
});

/** Resolves when the ledger holds so many entries or more; answers how many. */
function untilEntries(connection: HostConnection, least: number): Promise<number> {
  return untilPasses(
    async () => {
      const { entries } = await connection.request("ledger.get", {});
      expect(entries).toBeGreaterThanOrEqual(least);
      return entries;
    },
    { timeout: 60_000, interval: 50 },
  );
}

/** The status of a permission request as it stands in the file. */
function stored(disk: FullDisk, permissionId: string): unknown {
  return inFile(disk, "SELECT status FROM permissions WHERE permission_id = ?", permissionId);
}

function rowsOf(disk: FullDisk, table: "budgets" | "budget_overrides"): unknown {
  return inFile(disk, `SELECT count(*) FROM ${table}`);
}

function inFile({ path }: FullDisk, question: string, ...parameters: readonly string[]): unknown {
  const database = new Database(join(path, "data", "switchboard.db"), { readonly: true });
  try {
    return database
      .prepare(question)
      .pluck()
      .get(...parameters);
  } finally {
    database.close();
  }
}
