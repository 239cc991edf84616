import { expect, test, vi } from "vitest";

vi.mock("electron", () => ({ shell: {} }));
const { externalAddressOf } = await import("../../../../electron/desktop/openExternal.ts");

test.each([
  ["https://example.com/a?b=c#d", "https://example.com/a?b=c#d"],
  ["HTTP://EXAMPLE.com", "http://example.com/"],
  ["https://user:secret@example.com/", null],
  ["javascript:alert(1)", null],
  ["file:///etc/passwd", null],
  ["vscode://file/x", null],
  ["//example.com", null],
  ["", null],
  [`https://example.com/${"a".repeat(9000)}`, null],
  [{ href: "https://example.com" }, null],
  [undefined, null],
])("%j opens as %j", (link, address) => {
  expect(externalAddressOf(link)).toBe(address);
});
