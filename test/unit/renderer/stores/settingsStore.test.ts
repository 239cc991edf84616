import { expect, test } from "vitest";
import { createSettingsStore } from "../../../../renderer/stores/settingsStore.ts";
import { createFakeHost, refuse } from "./fakeHost.ts";

function createBench() {
  const host = createFakeHost({ "settings.get": () => ({ extraRoots: [], searchEnabled: true }) });
  let changes = 0;
  const store = createSettingsStore({
    request: host.request,
    onChanged: () => {
      changes += 1;
    },
  });
  return { host, store, changes: () => changes };
}

test("shows what the host confirmed", async () => {
  const { host, store, changes } = createBench();
  host.answers["settings.change"] = ({ extraRoots = [] }) => ({ extraRoots, searchEnabled: true });
  await store.getState().load();
  const before = store.getState().settings;
  const taken = await store.getState().change({ extraRoots: ["/mnt/old"] });
  expect([before, taken, store.getState().settings, store.getState().isChanging, changes()]).toEqual([
    { extraRoots: [], searchEnabled: true },
    true,
    { extraRoots: ["/mnt/old"], searchEnabled: true },
    false,
    1,
  ]);
});

test("a refused change leaves what was set and says why", async () => {
  const { host, store, changes } = createBench();
  host.answers["settings.change"] = refuse("directory_unusable", "There is no such folder.");
  await store.getState().load();
  const taken = await store.getState().change({ extraRoots: ["/nowhere"] });
  const { settings, problem, isChanging } = store.getState();
  expect([taken, settings?.extraRoots, problem, isChanging, changes()]).toEqual([
    false,
    [],
    "There is no such folder.",
    false,
    0,
  ]);
});

test("settings that do not come say why", async () => {
  const { host, store } = createBench();
  host.answers["settings.get"] = refuse("disconnected", "The host went away.");
  await store.getState().load();
  expect([store.getState().settings, store.getState().problem]).toEqual([null, "The host went away."]);
});
