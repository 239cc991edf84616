import { describe, expect, test } from "vitest";
import {
  createPermissionsStore,
  MAX_SETTLED,
  type PermissionsStore,
} from "../../../../renderer/stores/permissionsStore.ts";
import type { Permission } from "../../../../shared/model/permission.ts";
import { createFakeHost, openAnswer, refuse } from "./fakeHost.ts";
import { sampleEvent, samplePermission, time } from "./samples.ts";

const pending = samplePermission();
const allowed = samplePermission({ status: "allowed", settledAt: time(5) });

function createBench(permissions: readonly Permission[] = []) {
  const host = createFakeHost();
  const store = createPermissionsStore(host);
  store.getState().takeSnapshot(permissions);
  return { host, store };
}

function ids(store: PermissionsStore): { readonly pending: readonly string[]; readonly settled: readonly string[] } {
  const { pending: waiting, settled } = store.getState();
  return { pending: waiting.map((one) => one.permissionId), settled: settled.map((one) => one.permissionId) };
}

describe("the permission inbox", () => {
  test("sorts pending requests oldest first and settled ones newest first", () => {
    const { store } = createBench([
      samplePermission({ permissionId: "late", requestedAt: time(9) }),
      samplePermission({ permissionId: "early", requestedAt: time(2) }),
      samplePermission({ permissionId: "old", status: "denied", settledAt: time(3) }),
      samplePermission({ permissionId: "new", status: "withdrawn", settledAt: time(4) }),
    ]);
    expect(ids(store)).toEqual({ pending: ["early", "late"], settled: ["new", "old"] });
  });

  test("follows the events: requested, settled, outcome", () => {
    const { store } = createBench();
    store.getState().takeEvents([sampleEvent(1, { type: "permission.requested", data: { permission: pending } })]);
    const first = ids(store);
    store
      .getState()
      .takeEvents([
        sampleEvent(2, { type: "permission.settled", data: { permission: allowed } }),
        sampleEvent(3, { type: "permission.outcomeKnown", data: { permissionId: "p1", outcome: "succeeded" } }),
      ]);
    expect({ first, second: ids(store), outcome: store.getState().settled[0]?.outcome }).toEqual({
      first: { pending: ["p1"], settled: [] },
      second: { pending: [], settled: ["p1"] },
      outcome: "succeeded",
    });
  });

  test("a request that is settled does not come back by a late telling", () => {
    const { store } = createBench([allowed]);
    store.getState().takeEvents([sampleEvent(1, { type: "permission.requested", data: { permission: pending } })]);
    expect(ids(store)).toEqual({ pending: [], settled: ["p1"] });
  });

  test("keeps a bounded history", () => {
    const { store } = createBench(
      Array.from({ length: MAX_SETTLED + 1 }, (_, index) =>
        samplePermission({ permissionId: `p${index}`, status: "denied", settledAt: time(index) }),
      ),
    );
    const { settled } = ids(store);
    expect({ count: settled.length, newest: settled[0] }).toEqual({ count: MAX_SETTLED, newest: `p${MAX_SETTLED}` });
  });
});

describe("deciding", () => {
  test("is marked while it is on its way, is sent once, and settles the request", async () => {
    const { host, store } = createBench([pending]);
    const answer = openAnswer<Permission>();
    host.answers["permissions.decide"] = () => answer.promise;
    const first = store.getState().decide("p1", { behavior: "allow" });
    const during = store.getState().deciding;
    const second = await store.getState().decide("p1", { behavior: "deny" });
    answer.resolve(allowed);
    expect({
      during,
      second,
      first: await first,
      asked: host.asked,
      after: store.getState().deciding,
      ids: ids(store),
    }).toEqual({
      during: { p1: { behavior: "allow" } },
      second: "ignored",
      first: "decided",
      asked: [["permissions.decide", { permissionId: "p1", behavior: "allow" }]],
      after: {},
      ids: { pending: [], settled: ["p1"] },
    });
  });

  test("says kindly that somebody else was first, and shows what they chose", async () => {
    const { host, store } = createBench([pending]);
    host.answers["permissions.decide"] = refuse("already_resolved", "It was allowed by rest.");
    host.answers["permissions.get"] = () => allowed;
    const result = await store.getState().decide("p1", { behavior: "deny", message: "no" });
    expect({ result, notices: host.notices, problems: store.getState().problems, ids: ids(store) }).toEqual({
      result: "lost",
      notices: [{ tone: "info", title: "This request is already answered", text: "It was allowed by rest." }],
      problems: {},
      ids: { pending: [], settled: ["p1"] },
    });
  });

  test("a failure stays on the card until the next try", async () => {
    const { host, store } = createBench([pending]);
    host.answers["permissions.decide"] = refuse("bad_request", "The edited input does not fit the tool.");
    const result = await store.getState().decide("p1", { behavior: "allow", updatedInput: {} });
    const { problems, deciding } = store.getState();
    host.answers["permissions.decide"] = () => allowed;
    await store.getState().decide("p1", { behavior: "allow" });
    expect({ result, problems, deciding, after: store.getState().problems }).toEqual({
      result: "failed",
      problems: { p1: "The edited input does not fit the tool." },
      deciding: {},
      after: {},
    });
  });
});
