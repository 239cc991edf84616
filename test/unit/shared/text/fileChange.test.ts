import { describe, expect, test } from "vitest";
import { diffCounts, diffLines, fileChange } from "../../../../shared/text/fileChange.ts";
import { safeLink } from "../../../../renderer/terminal/safeLink.ts";

const part = { before: "", after: "", everywhere: false };

describe("file change", () => {
  test.each([
    ["Write", { file_path: "/a", content: "x\n" }, { path: "/a", kind: "write", parts: [{ ...part, after: "x\n" }] }],
    [
      "Edit",
      { file_path: "/a", old_string: "x", new_string: "y" },
      { path: "/a", kind: "edit", parts: [{ before: "x", after: "y", everywhere: false }] },
    ],
    [
      "MultiEdit",
      {
        file_path: "/a",
        edits: [
          { old_string: "x", new_string: "y", replace_all: true },
          { old_string: "p", new_string: "" },
        ],
      },
      {
        path: "/a",
        kind: "edit",
        parts: [
          { before: "x", after: "y", everywhere: true },
          { before: "p", after: "", everywhere: false },
        ],
      },
    ],
    ["MultiEdit", { file_path: "/a", edits: [{ old_string: "x" }] }, null],
    ["Edit", { file_path: "/a", old_string: 1, new_string: "y" }, null],
    ["Write", { content: "x" }, null],
    ["Bash", { file_path: "/a", content: "x" }, null],
  ])("%s of %j", (tool, input, change) => {
    expect(fileChange(tool, input)).toEqual(change);
  });
});

describe("diff lines", () => {
  test("show changes with the lines around them", () => {
    expect(diffLines({ ...part, before: "a\nb\nc", after: "a\nB\nc" })).toEqual([
      { kind: "same", text: "a" },
      { kind: "removed", text: "b" },
      { kind: "added", text: "B" },
      { kind: "same", text: "c" },
    ]);
  });

  test("leave a gap between hunks", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `l${index}`);
    const after = lines.with(0, "first").with(19, "last");
    const kinds = diffLines({ ...part, before: lines.join("\n"), after: after.join("\n") }).map((line) => line.kind);
    expect(kinds.filter((kind) => kind === "gap")).toHaveLength(1);
    expect(kinds).toHaveLength(2 * (2 + 3) + 1);
  });

  test.each([
    ["a new file", { ...part, after: "a\nb\n" }, { added: 2, removed: 0 }],
    ["a deletion", { ...part, before: "a\n" }, { added: 0, removed: 1 }],
    ["a missing line end", { ...part, before: "a\n", after: "a" }, { added: 0, removed: 0 }],
    ["nothing", part, { added: 0, removed: 0 }],
    ["lines that look like signs", { ...part, before: "-a\n+b", after: "-a\n+c" }, { added: 1, removed: 1 }],
  ])("count %s", (_name, change, counts) => {
    expect(diffCounts(diffLines(change))).toEqual(counts);
  });

  test("give up on texts that have nothing in common, and still show both", () => {
    const text = (prefix: string): string => Array.from({ length: 2500 }, (_, index) => `${prefix}${index}`).join("\n");
    expect(diffCounts(diffLines({ ...part, before: text("a"), after: text("b") }))).toEqual({
      added: 2500,
      removed: 2500,
    });
  });
});

test.each([
  ["https://example.com/a?b#c", "https://example.com/a?b#c"],
  ["http://example.com", "http://example.com/"],
  ["https://exаmple.com", "https://xn--exmple-4nf.com/"],
  ["javascript:alert(1)", null],
  ["file:///etc/passwd", null],
  ["data:text/html,x", null],
  ["https://user:pass@example.com", null],
  ["/relative", null],
  [`https://example.com/${"a".repeat(3000)}`, null],
])("the link %s opens %s", (link, address) => {
  expect(safeLink(link)).toBe(address);
});
