import { anAlert } from "../../../../../support/budgetSamples.ts";
import { describe, expect, it } from "vitest";
import type { EventDraft, SessionEvent } from "../../../../../../shared/model/event.ts";
import { containedMarkdown } from "../../../../../../electron/engine/transcripts/export/containedMarkdown.ts";
import { htmlWriter } from "../../../../../../electron/engine/transcripts/export/htmlWriter.ts";
import { jsonWriter } from "../../../../../../electron/engine/transcripts/export/jsonWriter.ts";
import {
  eventsAsMarkdown,
  markdownWriter,
} from "../../../../../../electron/engine/transcripts/export/markdownWriter.ts";
import { plainLine, plainText } from "../../../../../../electron/engine/transcripts/export/plainText.ts";
import type { JsonObject } from "../../../../../../shared/model/json.ts";

const at = "2026-01-02T03:04:05.000Z";

function eventsOf(...drafts: readonly EventDraft[]): readonly SessionEvent[] {
  return drafts.map((draft, index): SessionEvent => ({ ...draft, sessionId: "s", seq: index - 100, at }));
}

function said(text: string, origin: "person" | "peer" | "cli" = "person"): EventDraft {
  return { type: "user.textAdded", data: { messageId: null, text, payloadId: null, origin, parentToolUseId: null } };
}

function answered(text: string): EventDraft {
  return { type: "assistant.textAdded", data: { messageId: "m", text, model: null, parentToolUseId: null } };
}

function called(name: string, input: JsonObject, toolUseId = "t"): EventDraft {
  return { type: "tool.called", data: { toolUseId, messageId: "m", name, input, parentToolUseId: null } };
}

function finished(output: string, isError = false, toolUseId = "t"): EventDraft {
  return { type: "tool.finished", data: { toolUseId, isError, output, omittedChars: 0, parentToolUseId: null } };
}

describe("plain text", () => {
  it.each([
    ["colours", "\u001b[31mred\u001b[0m", "red"],
    ["cursor movements", "a\u001b[2K\u001b[1Gb", "ab"],
    ["a title and a link", "\u001b]0;title\u0007a\u001b]8;;http://x\u001b\\b", "ab"],
    ["an eight-bit sequence", "\u009b31mred", "red"],
    ["a device string", "\u001bPq#0\u001b\\a", "a"],
    ["a lone escape", "a\u001b", "a‹ESC›"],
    ["line ends", "a\r\nb\rc", "a\nb\nc"],
    ["reordering", "user\u202Etxt.exe", "user‹U+202E›txt.exe"],
    ["isolates and marks", "\u2066a\u2069\u200F", "‹U+2066›a‹U+2069›‹U+200F›"],
    ["invisible tags", "a\u{E0041}", "a‹U+E0041›"],
    ["halves of characters", "a\uD800b", "a\uFFFDb"],
    ["what is fine", "é\t🏳️‍🌈\nשלום", "é\t🏳️‍🌈\nשלום"],
  ])("%s", (_, text, expected) => {
    expect(plainText(text)).toBe(expected);
    expect(plainText(plainText(text))).toBe(expected);
  });

  it("fits on one line", () => {
    expect(plainLine(" a\n\tb ")).toBe("a b");
    expect(plainLine("x".repeat(50), 10)).toBe(`${"x".repeat(9)}…`);
  });
});

describe("Markdown that somebody else wrote", () => {
  it.each([
    ["an open code block", "```js\nlet a", "```js\nlet a\n```"],
    ["a closed one", "```js\nlet a\n```\nb", "```js\nlet a\n```\nb"],
    ["a fence in a longer fence", "````\n```\n````\n<b>", "````\n```\n````\n&lt;b>"],
    ["tildes", "~~~\n```\n", "~~~\n```\n\n~~~"],
    ["a closing fence with words is none", "```\n``` js\n", "```\n``` js\n\n```"],
    ["HTML", "a <script>x</script> <!-- b", "a &lt;script>x&lt;/script> &lt;!-- b"],
    ["comparisons", "1 < 2 and a <- b", "1 < 2 and a <- b"],
    ["code", "use `<b>` and ``a`<i>`` <i>", "use `<b>` and ``a`<i>`` &lt;i>"],
    ["code on its own", "```\n<b>\n```", "```\n<b>\n```"],
  ])("%s", (_, text, expected) => {
    expect(containedMarkdown(text)).toBe(expected);
  });
});

describe("a session as Markdown", () => {
  it("shows everything that was said and done", () => {
    const events = eventsOf(
      said("Fix it"),
      { type: "assistant.thinkingAdded", data: { messageId: "m", text: "Hm", parentToolUseId: null } },
      answered("I do."),
      called("Edit", { file_path: "/a.ts", old_string: "one\ntwo", new_string: "one\n2" }),
      finished("Updated."),
      called("Bash", { command: "ls" }, "u"),
      { type: "context.compacted", data: { trigger: "auto", tokensBefore: 9 } },
      { type: "budget.crossed", data: { alert: anAlert() } },
      finished("No such thing", true, "v"),
    );
    expect(eventsAsMarkdown(events)).toBe(
      [
        "## User\n\nFix it\n",
        "### Thinking\n\n```\nHm\n```\n",
        "## Assistant\n\nI do.\n",
        "### Edit `/a.ts`\n\n```diff\n one\n-two\n+2\n```\n",
        "Result:\n\n```\nUpdated.\n```\n",
        '### Bash `ls`\n\n```json\n{\n  "command": "ls"\n}\n```\n',
        "*Context compacted (auto, 9 tokens before)*\n",
        "*Budget “Everything today”: 80 % used*\n\n```\n$8.02 of $10.00.\n```\n",
        "Failed:\n\n```\nNo such thing\n```\n\n",
      ].join("\n"),
    );
  });

  it("lets no output end its code block, and no title mean anything", () => {
    const text = eventsAsMarkdown(eventsOf(called("Bash", { command: "a`b" }), finished("```\n# not a title\n````")));
    expect(text).toContain("### Bash `` a`b ``\n");
    expect(text).toContain("`````\n```\n# not a title\n````\n`````\n");
    expect(markdownWriter.begin({ title: "<b> `x` [a](b)\n# two", sessionId: "s" })).toBe(
      "# \\<b\\> \\`x\\` \\[a\\](b) \\# two\n\nSession `s`\n\n",
    );
  });

  it("quotes a sub-agent as often as it is deep", () => {
    expect(eventsAsMarkdown(eventsOf(answered("a\n\nb")), 2)).toBe("> > ## Assistant\n> >\n> > a\n> >\n> > b\n> >\n");
  });
});

describe("a session as HTML", () => {
  const hostile = `</script><script>alert(1)</script><img src=x onerror="a" '>]]>&amp;<!--\u202E\u001b[31m`;

  it("lets nothing of a session become a tag, an attribute or an escape sequence", () => {
    const events = eventsOf(
      said(hostile),
      answered(hostile),
      called(hostile, { [hostile]: hostile, file_path: hostile }),
      finished(hostile),
      called("Write", { file_path: hostile, content: hostile }, "u"),
      finished(hostile, true, "elsewhere"),
      { type: "notice.reported", data: { text: hostile, level: hostile } },
      { type: "session.renamed", data: { title: hostile, source: "person" } },
    );
    const page = [
      htmlWriter.begin({ title: hostile, sessionId: hostile }),
      ...htmlWriter.events(events, 0, true),
      htmlWriter.beginSubagent(1),
      htmlWriter.endSubagent(1),
      htmlWriter.end(),
    ].join("");
    const tags = new Set([...page.matchAll(/<(?:\/|!)?([a-z\d-]+)/giu)].map(([, name]) => name));
    expect(tags).toEqual(
      new Set([
        ...["body", "code", "details", "div", "doctype", "h1", "h2", "h3", "head", "html", "meta", "p", "pre"],
        ...["section", "span", "strong", "style", "summary", "time", "title"],
      ]),
    );
    for (const words of ['onerror="a"', "\u001b", "\u202e"]) expect(page).not.toContain(words);
    expect(page.match(/&lt;script&gt;/gu)?.length).toBeGreaterThan(8);
    expect(page.match(/<details/gu)?.length).toBe(page.match(/<\/details>/gu)?.length);
  });

  it("allows neither scripts nor anything from elsewhere", () => {
    const head = htmlWriter.begin({ title: "t", sessionId: "s" });
    expect(head).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
    expect(head.indexOf("Content-Security-Policy")).toBeLessThan(head.indexOf("<style>"));
  });

  it("marks what was added and removed, and what failed", () => {
    const edit = called("Edit", { file_path: "/a", old_string: "x", new_string: "y" });
    expect([...htmlWriter.events(eventsOf(edit, finished("no", true)), 0, true)].join("")).toBe(
      '<details class="tool"><summary><strong>Edit</strong> <code>/a</code> <span class="bad">failed</span> ' +
        '<time datetime="2026-01-02T03:04:05.000Z">2026-01-02 03:04:05</time></summary>' +
        '<pre class="diff"><span class="removed">-x\n</span>' +
        '<span class="added">+y\n</span></pre><h3><span class="bad">Failed</span></h3><pre>no</pre></details>\n',
    );
  });
});

describe("a session as JSON", () => {
  it("is one list, however it is cut", () => {
    const events = eventsOf(said("a"), said("</script>\u2028"), said("c"));
    const text = [
      jsonWriter.begin({ title: "", sessionId: "" }),
      ...jsonWriter.events(events.slice(0, 1), 0, true),
      ...jsonWriter.events(events.slice(1), 1, false),
      jsonWriter.end(),
    ].join("");
    expect(JSON.parse(text)).toEqual(events);
  });
});
