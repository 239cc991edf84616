import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hostHandlers } from "../../../../../electron/engine/handlers/hostHandlers.ts";
import type { HostSettings } from "../../../../../shared/model/settings.ts";
import { aHost } from "../../../../support/builders.ts";

const context = { client: "test" };
let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "switchboard-settings-")));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function handlersOver(begin: HostSettings) {
  let settings = begin;
  const done: unknown[] = [];
  const handlers = hostHandlers({
    hostInfo: () => aHost({ version: `after ${String(done.length)}` }),
    locateClaude: async () => void done.push("locate"),
    scan: () => void done.push("scan"),
    cancelScan: () => void done.push("cancel"),
    settings: { read: () => settings, save: (saved) => (settings = saved) },
    onSettings: async (before, after) => void done.push([before, after]),
  });
  return { handlers, done, saved: () => settings };
}

test("each request does its own, and answers with the host as it is then", async () => {
  const { handlers, done } = handlersOver({ extraRoots: [], searchEnabled: true });
  expect(await handlers["host.get"]({}, context)).toEqual(aHost({ version: "after 1" }));
  expect(await handlers["index.scan"]({}, context)).toEqual(aHost({ version: "after 2" }));
  expect(await handlers["index.cancel"]({}, context)).toEqual(aHost({ version: "after 3" }));
  expect(done).toEqual(["locate", "scan", "cancel"]);
});

test("what is given is set, and the rest stays as it is", async () => {
  const before: HostSettings = { extraRoots: [], searchEnabled: true };
  const { handlers, done, saved } = handlersOver(before);
  const off: HostSettings = { extraRoots: [], searchEnabled: false };
  expect(await handlers["settings.change"]({ searchEnabled: false }, context)).toEqual(off);
  const both: HostSettings = { extraRoots: [folder], searchEnabled: false };
  expect(await handlers["settings.change"]({ extraRoots: [folder, folder] }, context)).toEqual(both);
  expect([await handlers["settings.get"]({}, context), saved(), done]).toEqual([
    both,
    both,
    [
      [before, off],
      [off, both],
    ],
  ]);
});

test("a new folder must be there; one that was set before may be away", async () => {
  const away = join(folder, "away");
  const { handlers, done, saved } = handlersOver({ extraRoots: [away], searchEnabled: true });
  const change = (extraRoots: readonly string[]) =>
    handlers["settings.change"]({ extraRoots: [...extraRoots] }, context);
  await expect(change([away, join(folder, "other")])).rejects.toMatchObject({ code: "directory_unusable" });
  expect([saved().extraRoots, done]).toEqual([[away], []]);
  expect(await change([away, folder])).toMatchObject({ extraRoots: [away, folder] });
  expect(await change([])).toMatchObject({ extraRoots: [] });
});
