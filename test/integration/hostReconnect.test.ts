import { afterEach, beforeEach, expect, it } from "vitest";
import type { ConnectionState, SwitchboardClient } from "../../renderer/client/client.ts";
import { createClient } from "../../renderer/client/createClient.ts";
import { createSocketPipe } from "../../renderer/client/socketPipe.ts";
import { createFakeEngine, type FakeEngine, SESSION_ID } from "../unit/electron/hosting/fakeEngine.ts";
import { type HostUnderTest, startHostUnderTest } from "./hostUnderTest.ts";

/** The page's own client over a real socket, against a host that goes and comes. */
let fake: FakeEngine;
let host: HostUnderTest;
let client: SwitchboardClient;

function connect(token: string | null): SwitchboardClient {
  return createClient({ openPipe: createSocketPipe({ origin: host.url, token }), clientName: "browser" });
}

function reached(status: ConnectionState["status"]): Promise<ConnectionState> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (client.connection.get().status === status) resolve(client.connection.get());
    };
    client.connection.subscribe(check);
    check();
  });
}

/** Keeps the sequence numbers a feed told: those of a snapshot's events begin them anew. */
function watchSeqs(): { readonly seqs: () => readonly number[]; readonly snapshots: () => number } {
  let seqs: number[] = [];
  let snapshots = 0;
  client.subscribe(
    { kind: "session", sessionId: SESSION_ID },
    {
      onSnapshot: (snapshot) => {
        snapshots += 1;
        seqs = snapshot.kind === "session" ? snapshot.events.map(({ seq }) => seq) : [];
      },
      onEvents: (events) => seqs.push(...events.map(({ seq }) => seq)),
      onFailure: ({ message }) => {
        throw new Error(message);
      },
    },
  );
  return { seqs: () => seqs, snapshots: () => snapshots };
}

beforeEach(async () => {
  fake = createFakeEngine({ handlers: { "host.get": async () => "here" } });
  host = await startHostUnderTest({ engine: fake.engine });
});

afterEach(async () => {
  client.dispose();
  await host.dispose();
});

function emit(count: number): void {
  for (let index = 0; index < count; index += 1) fake.emit("text");
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, index) => index + 1);

it("brings every event once and in order over a lost connection, far beyond the first credit", async () => {
  client = connect(host.token);
  const { seqs, snapshots } = watchSeqs();
  await expect.poll(snapshots).toBe(1);
  emit(5000);
  await expect.poll(() => seqs().length).toBe(5000);

  await host.dispose();
  await reached("reconnecting");
  emit(10);
  host = await startHostUnderTest({ engine: fake.engine, port: host.port });
  await reached("open");
  emit(5);
  await expect.poll(() => seqs().length).toBe(5015);
  expect([seqs(), snapshots()]).toEqual([upTo(5015), 1]);
});

it("takes a new snapshot from a host that was started again", async () => {
  client = connect(host.token);
  const { seqs, snapshots } = watchSeqs();
  await expect.poll(snapshots).toBe(1);
  emit(3);
  await expect.poll(() => seqs().length).toBe(3);

  await host.dispose();
  fake = createFakeEngine({ epoch: "run-2", firstSeq: 100 });
  emit(2);
  host = await startHostUnderTest({ engine: fake.engine, port: host.port });
  await expect.poll(snapshots).toBe(2);
  emit(1);
  await expect.poll(() => seqs().length).toBe(3);
  expect(seqs()).toEqual([100, 101, 102]);
});

it("answers requests, also those that were asked before the host was there", async () => {
  client = connect(host.token);
  await reached("open");
  await host.dispose();
  await reached("reconnecting");
  const asked = client.request("host.get", {});
  host = await startHostUnderTest({ engine: fake.engine, port: host.port });
  expect(await asked).toBe("here");
});

it.each([
  ["a wrong token", "x".repeat(43)],
  ["a token that no header can carry", "not a token"],
  ["no token", null],
])("learns why it is refused with %s", async (_case, token) => {
  client = connect(token);
  expect(await reached("refused")).toMatchObject({ failure: { code: "unauthorized" } });
  await expect(client.request("host.get", {})).rejects.toMatchObject({ code: "unauthorized" });
});
