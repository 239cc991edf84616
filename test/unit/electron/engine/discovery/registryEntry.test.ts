import { expect, test } from "vitest";
import { parseRegistryFile } from "../../../../../electron/engine/discovery/registryEntry.ts";
import { startFits, startTimeOf } from "../../../../../electron/engine/discovery/startFits.ts";

/** As 2.1.329 wrote it in a terminal inside tmux, at a permission prompt. */
const recorded = {
  pid: 4242,
  sessionId: "2ae54b84-6f77-4cbb-8035-15a23da654cf",
  cwd: "/home/dev/shop",
  startedAt: 1795213379726,
  procStart: "529600",
  version: "2.1.329",
  peerProtocol: 1,
  peerFeatures: ["notify_idle", "reply_across_default_dirs", "artifact_yield"],
  kind: "interactive",
  entrypoint: "cli",
  pidDomain: "linux:0123456789abcdef0123456789abcdef:pid:[4026531836]",
  asksForConvertedSkills: null,
  tmux: "0:@0.%0",
  messagingSocketPath: "/tmp/cc-socks/4242.sock",
  name: "shop-29",
  nameSource: "derived",
  nameSince: 1795213379726,
  status: "waiting",
  updatedAt: 1795213406180,
  statusUpdatedAt: 1795213406180,
  waitingFor: "permission prompt",
};

const nothingElse = {
  cwd: null,
  startedAt: null,
  procStart: null,
  version: null,
  kind: null,
  entrypoint: null,
  name: null,
  status: null,
  waitingFor: null,
  statusUpdatedAt: null,
  messagingSocketPath: null,
  tmux: null,
};

test("a recorded entry", () => {
  expect(parseRegistryFile(JSON.stringify(recorded))).toEqual({
    ok: true,
    entry: {
      pid: 4242,
      sessionId: "2ae54b84-6f77-4cbb-8035-15a23da654cf",
      cwd: "/home/dev/shop",
      startedAt: 1795213379726,
      procStart: "529600",
      version: "2.1.329",
      kind: "interactive",
      entrypoint: "cli",
      name: "shop-29",
      status: "waiting",
      waitingFor: "permission prompt",
      statusUpdatedAt: 1795213406180,
      messagingSocketPath: "/tmp/cc-socks/4242.sock",
      tmux: "0:@0.%0",
    },
  });
});

test.each([
  ["only what is indispensable", { pid: 7, sessionId: "s" }],
  ["fields of other types than known", { pid: 7, sessionId: "s", status: 3, startedAt: "today", cwd: null, tmux: {} }],
])("%s is enough", (_name, file) => {
  expect(parseRegistryFile(JSON.stringify(file))).toEqual({
    ok: true,
    entry: { pid: 7, sessionId: "s", ...nothingElse },
  });
});

test.each([
  ["nothing", ""],
  ["half a file", '{"pid":7,"sess'],
  ["a list", "[]"],
  ["no session", '{"pid":7}'],
  ["no pid", '{"sessionId":"s"}'],
  ["a pid that is none", '{"pid":-1,"sessionId":"s"}'],
])("%s is broken, and says why", (_name, text) => {
  expect(parseRegistryFile(text)).toEqual({ ok: false, reason: expect.stringMatching(/\w/u) });
});

const bootedAt = Date.parse("2026-11-20T20:00:00Z");
const linux = { platform: "linux", bootedAt } as const;
const macos = { platform: "darwin", bootedAt } as const;
const windows = { platform: "win32", bootedAt } as const;
const at = (iso: string) => Date.parse(iso);

test.each([
  ["Linux, the same ticks", linux, { procStart: "529600", startedAt: 1 }, "529600", true],
  ["Linux, other ticks", linux, { procStart: "529600", startedAt: null }, "529601", false],
  [
    "Linux, an older CLI, started before the entry",
    linux,
    { procStart: null, startedAt: bootedAt + 5_296_700 },
    "529600",
    true,
  ],
  [
    "Linux, an older CLI, started after the entry",
    linux,
    { procStart: null, startedAt: bootedAt + 1_000_000 },
    "529600",
    false,
  ],
  [
    "macOS, the same words",
    macos,
    { procStart: "Fri Nov  2 21:13:00 2026", startedAt: 1 },
    "Fri Nov 2 21:13:00 2026",
    true,
  ],
  [
    "macOS, no words, started before the entry",
    macos,
    { procStart: null, startedAt: at("2026-11-20T21:13:01") },
    "Fri Nov 20 21:13:00 2026",
    true,
  ],
  [
    "macOS, other words, started an hour after the entry",
    macos,
    { procStart: "x", startedAt: at("2026-11-20T20:13:00") },
    "Fri Nov 20 21:13:00 2026",
    false,
  ],
  [
    "Windows, started before the entry",
    windows,
    { procStart: null, startedAt: at("2026-11-20T21:13:01") },
    "639308059800000000",
    true,
  ],
  [
    "Windows, started after the entry",
    windows,
    { procStart: null, startedAt: at("2026-11-20T20:13:00") },
    "639308059800000000",
    false,
  ],
  ["no times at all", macos, { procStart: null, startedAt: null }, "Fri Nov 20 21:13:00 2026", true],
])("start times: %s", (_name, clock, entry, startIdentity, fits) => {
  expect(startFits(entry, startIdentity, clock)).toBe(fits);
});

test.each([
  ["Linux ticks", linux, "100", bootedAt + 1_000],
  ["not ticks", linux, "soon", null],
  ["macOS words", macos, "Fri Nov 20 21:13:00 2026", at("2026-11-20T21:13:00")],
  ["not words", macos, "soon", null],
  ["CIM ticks", windows, "639308059800000000", at("2026-11-20T21:13:00")],
  ["not CIM ticks", windows, "soon", null],
])("the moment that a start identity stands for: %s", (_name, clock, startIdentity, moment) => {
  expect(startTimeOf(startIdentity, clock)).toBe(moment);
});
