import { expect, it } from "vitest";
import { createConnectionStore } from "../../../../renderer/stores/connectionStore.ts";
import type { SessionEvent } from "../../../../shared/model/event.ts";
import type { HostInfo } from "../../../../shared/model/host.ts";
import { aHost } from "../../../support/builders.ts";
import { createFakeHost } from "./fakeHost.ts";

const told = (notices: readonly string[]): SessionEvent => ({
  type: "host.noticesChanged",
  data: { notices },
  sessionId: "",
  seq: 1,
  at: "2026-01-01T00:00:00.000Z",
});

const open = { status: "open", attempt: 0, failure: null, scopes: [], hostVersion: "1" } as const;

it("shows at once what the host says of itself, and asks it for the rest", async () => {
  const fake = createFakeHost();
  const answered = Promise.withResolvers<HostInfo>();
  fake.answers["host.get"] = () => answered.promise;
  const store = createConnectionStore({ request: fake.request, initial: open });
  store.getState().takeEvents([told(["too early"])]);
  expect(store.getState().host).toBeNull();
  store.getState().takeHost(aHost());
  store.getState().takeEvents([told(["old"]), told(["The disk is full."])]);
  expect(store.getState().host).toEqual(aHost({ notices: ["The disk is full."] }));
  const changed = Promise.withResolvers<void>();
  store.subscribe(() => changed.resolve());
  answered.resolve(aHost({ notices: ["The disk is full."], maxSessions: 3 }));
  await changed.promise;
  expect(store.getState().host).toEqual(aHost({ notices: ["The disk is full."], maxSessions: 3 }));
  expect(fake.asked).toEqual([["host.get", {}]]);
});
