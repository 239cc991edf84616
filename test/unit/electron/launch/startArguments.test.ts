import { expect, test } from "vitest";
import { displayProblem } from "../../../../electron/launch/electronBinary.ts";
import { icnsOf, icoOf } from "../../../../electron/launch/iconContainers.ts";
import { openAddressOf } from "../../../../electron/launch/openAddress.ts";
import { openCommandOf } from "../../../../electron/launch/openBrowser.ts";
import {
  electronArgumentsOf,
  hostArgumentsOf,
  readStartArguments,
} from "../../../../electron/launch/startArguments.ts";

test.each([
  [[], { open: true, browser: false, port: null, dataDir: null }, [], ["/app"]],
  [
    ["--no-open", "--port", "0", "--data-dir", "/d"],
    { open: false, browser: false, port: "0", dataDir: "/d" },
    ["--port", "0", "--data-dir", "/d"],
    ["/app", "--data-dir=/d"],
  ],
  [["--browser"], { open: true, browser: true, port: null, dataDir: null }, [], ["/app"]],
])("%j", (args, read, host, electron) => {
  const startArguments = readStartArguments(args);
  expect(startArguments).toEqual(read);
  expect(hostArgumentsOf(startArguments)).toEqual(host);
  expect(electronArgumentsOf(startArguments, "/app")).toEqual(electron);
});

test("an unknown argument is named", () => {
  expect(() => readStartArguments(["--prot", "1"])).toThrow("--prot");
});

test("the address carries the token where no log keeps it", () => {
  expect(openAddressOf({ url: "http://127.0.0.1:4747", token: "a/b+c" })).toBe(
    "http://127.0.0.1:4747/#token=a%2Fb%2Bc",
  );
});

test.each([
  ["darwin", "open"],
  ["win32", "rundll32"],
  ["linux", "xdg-open"],
] as const)("%s opens an address with %s", (platform, command) => {
  const opened = openCommandOf(platform, "http://127.0.0.1/?a=1&b=2");
  expect(opened.command).toBe(command);
  expect(opened.args.at(-1)).toBe("http://127.0.0.1/?a=1&b=2");
});

test.each([
  ["linux", {}, "there is no display"],
  ["linux", { DISPLAY: ":0" }, null],
  ["linux", { WAYLAND_DISPLAY: "wayland-0" }, null],
  ["darwin", {}, null],
] as const)("a window on %s with %j", (platform, env, problem) => {
  expect(displayProblem(platform, env)).toBe(problem);
});

test("icon files carry the images as they are", () => {
  const images = [
    { size: 16, bytes: Buffer.from("small") },
    { size: 256, bytes: Buffer.from("large!") },
  ];
  const ico = Buffer.from(icoOf(images));
  const sizes = [ico.readUInt8(6), ico.readUInt8(22)];
  const second = ico.subarray(ico.readUInt32LE(34), ico.readUInt32LE(34) + ico.readUInt32LE(30)).toString();
  expect({ count: ico.readUInt16LE(4), sizes, second }).toEqual({ count: 2, sizes: [16, 0], second: "large!" });

  const icns = Buffer.from(icnsOf(images));
  expect([icns.readUInt32BE(4), icns.toString("latin1")]).toEqual([
    icns.length,
    "icns\0\0\0\u0024ic08\0\0\0\u000elarge!ic13\0\0\0\u000elarge!",
  ]);
});
