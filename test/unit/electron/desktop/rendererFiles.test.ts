import { expect, test } from "vitest";
import { contentTypeOf, rendererFileOf } from "../../../../electron/desktop/rendererFiles.ts";

test.each([
  ["app://switchboard/", "/app/dist/renderer/index.html"],
  ["app://switchboard/index.html#token=1", "/app/dist/renderer/index.html"],
  ["app://switchboard/assets/main%20a.js?x=1", "/app/dist/renderer/assets/main a.js"],
  ["app://switchboard/../../secret", "/app/dist/renderer/secret"],
  ["app://switchboard/..%2f..%2fsecret", null],
  ["app://switchboard/%2e%2e/%2e%2e/secret", "/app/dist/renderer/secret"],
  ["app://switchboard/..%2frenderer-other/secret", null],
  ["app://switchboard/a%00.js", null],
  ["app://switchboard/a%5c..%5c..%5csecret", null],
  ["app://switchboard/%zz", null],
  ["app://elsewhere/index.html", null],
  ["file:///app/dist/renderer/index.html", null],
  ["https://switchboard/index.html", null],
])("%s names %s", (url, file) => {
  expect(rendererFileOf("/app/dist/renderer", url)).toBe(file);
});

test.each([
  ["/a/index.html", "text/html; charset=utf-8"],
  ["/a/MAIN.JS", "text/javascript; charset=utf-8"],
  ["/a/strange.exe", "application/octet-stream"],
])("%s is served as %s", (file, type) => {
  expect(contentTypeOf(file)).toBe(type);
});
