import { describe, expect, test } from "vitest";
import { createConnectionStore } from "../../../../renderer/stores/connectionStore.ts";
import { createIndexStore } from "../../../../renderer/stores/indexStore.ts";
import { aHost } from "../../../support/builders.ts";
import type { HostInfo } from "../../../../shared/model/host.ts";
import { createFakeClock } from "./fakeClock.ts";
import { createFakeHost, refuse } from "./fakeHost.ts";

const open = { status: "open", attempt: 0, failure: null, scopes: [], hostVersion: "1" } as const;
const { index, search } = aHost();
const ready: HostInfo = aHost({ index: { ...index, state: "ready" }, search: { ...search, state: "ready" } });
const scanning: HostInfo = { ...ready, index: { ...index, state: "scanning" } };
const building: HostInfo = { ...ready, search: { ...search, state: "building" } };

function createBench() {
  const host = createFakeHost();
  const clock = createFakeClock();
  const connection = createConnectionStore({ request: host.request, initial: open });
  const { request, notify } = host;
  const store = createIndexStore({ request, notify, connection, after: clock.after });
  const polls = (): number => host.asked.filter(([name]) => name === "host.get").length;
  return { host, clock, connection, store, polls };
}

describe("looking how far reading is", () => {
  test("once a second while it reads or builds the search, then not at all", async () => {
    const { host, clock, connection, polls } = createBench();
    const answers = [scanning, building, ready];
    host.answers["host.get"] = () => answers.shift() ?? ready;
    connection.getState().takeHost(scanning);
    const seen: number[] = [];
    for (let second = 0; second < 5; second += 1) {
      await clock.pass(1_000);
      seen.push(polls());
    }
    expect([seen, clock.waiting()]).toEqual([[1, 2, 3, 3, 3], 0]);
  });

  test("not while the connection is away; then on", async () => {
    const { host, clock, connection, polls } = createBench();
    host.answers["host.get"] = () => scanning;
    connection.getState().takeConnection({ ...open, status: "reconnecting" });
    connection.getState().takeHost(scanning);
    await clock.pass(5_000);
    const away = polls();
    connection.getState().takeConnection(open);
    await clock.pass(1_000);
    expect([away, polls()]).toEqual([0, 1]);
  });

  test("a host that does not answer is asked again", async () => {
    const { host, clock, connection, polls } = createBench();
    host.answers["host.get"] = refuse("internal", "Busy.");
    connection.getState().takeHost(scanning);
    await clock.pass(1_000);
    await clock.pass(1_000);
    expect(polls()).toBe(2);
  });
});

describe("asking to read", () => {
  test("takes the state that the host answers with", async () => {
    const { host, connection, store } = createBench();
    host.answers["index.scan"] = () => scanning;
    host.answers["index.cancel"] = () => ready;
    await store.getState().scan();
    const read = connection.getState().host;
    await store.getState().cancel();
    expect([read, connection.getState().host, store.getState().busy]).toEqual([scanning, ready, null]);
  });

  test("a refusal is told in the host's words", async () => {
    const { host, store } = createBench();
    host.answers["index.scan"] = refuse("forbidden", "This client may only read.");
    await store.getState().scan();
    expect([host.notices, store.getState().busy]).toEqual([
      [{ tone: "failure", title: "The transcripts are not read", text: "This client may only read." }],
      null,
    ]);
  });
});
