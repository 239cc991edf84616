/** A database that another process has locked for longer than anybody waits: nothing of a session waits for it. */
import Database from "better-sqlite3";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createTestEngine } from "../support/testEngine.ts";
import { untilPasses } from "../support/untilPasses.ts";

it("asks, is answered and goes on while it is locked; all of it is kept after that", async () => {
  const ignore = (): void => undefined;
  const test = await createTestEngine({ logger: { info: ignore, warn: ignore, error: ignore } });
  const path = join(test.dataDir, "switchboard.db");
  const other = new Database(path);
  try {
    const cwd = await test.environment.projectDir("shop");
    other.exec("BEGIN IMMEDIATE");
    const { sessionId } = await test.ask("sessions.start", { cwd, prompt: "RUN_BASH: touch here" });
    const { permission } = (await test.event(sessionId, "permission.requested")).data;
    await untilPasses(
      async () =>
        expect(test.engine.hostInfo().notices).toEqual([
          expect.stringMatching(/^Another program keeps .*switchboard\.db locked: .* End that program\.$/u),
        ]),
      { timeout: 10_000, interval: 20 },
    );
    const { permissionId } = permission;
    await test.ask("permissions.decide", { permissionId, behavior: "allow" });
    await test.event(sessionId, "turn.completed");
    const counted = () => other.prepare("SELECT count(*) FROM permissions").pluck().get();
    expect(counted()).toBe(0);
    const [listed] = (await test.ask("payloads.list", { sessionId })).items;
    expect(listed).toMatchObject({ receipt: "answered" });
    other.exec("ROLLBACK");
    await untilPasses(async () => expect(test.engine.hostInfo().notices).toEqual([]), {
      timeout: 20_000,
      interval: 20,
    });
    expect(counted()).toBe(1);

    await test.restart();
    expect(await test.ask("permissions.get", { permissionId })).toMatchObject({
      status: "allowed",
      outcome: "succeeded",
    });
    expect(await test.ask("payloads.get", { payloadId: listed?.payloadId ?? "" })).toEqual(listed);
    expect(await test.ask("sessions.get", { sessionId })).toMatchObject({ live: false, turnCount: 1 });
  } finally {
    other.close();
    await test.dispose();
  }
}, 60_000);
