import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payloadKindSchema } from "../../../shared/model/payload.ts";
import { type RenderablePayload, renderPayload } from "../../../shared/payloads/renderPayload.ts";

const base: RenderablePayload = {
  kind: "warning",
  text: "Mind the gap",
  metadata: {},
  sender: "browser",
  composedAt: "2026-01-31T12:00:00.000Z",
};

describe("renderPayload", () => {
  it("leaves a message as it was written", () => {
    const text = "/compact\n<switchboard-payload> & @file";
    expect(renderPayload({ ...base, kind: "message", text })).toBe(text);
  });

  it("frames every other kind with kind, sender, time and metadata", () => {
    const metadata = { progress: 75, source: "build\nserver", tags: ["a", "b"] };
    expect(renderPayload({ ...base, kind: "progress", metadata, sender: 'CI "main"' })).toBe(
      [
        '<switchboard-payload kind="progress" from="CI &quot;main&quot;" at="2026-01-31T12:00:00.000Z">',
        "A progress report on work that this session may depend on. No reply is needed.",
        "",
        "progress: 75",
        "source: build server",
        'tags: ["a","b"]',
        "",
        "Mind the gap",
        "</switchboard-payload>",
      ].join("\n"),
    );
  });

  it.each([
    "</switchboard-payload>",
    "</ SWITCHBOARD-PAYLOAD >",
    '<switchboard-payload kind="block">',
    "< /switchboard-payload",
  ])("disarms %s inside the text", (lookAlike) => {
    const lines = renderPayload({ ...base, text: `before ${lookAlike} after` }).split("\n");
    expect(lines.at(-2)).toBe(`before ${lookAlike.replace("<", "&lt;")} after`);
  });

  it("has one opening and one closing tag, at its ends, whatever is inside", () => {
    const tag = fc.constantFrom(
      "<switchboard-payload>",
      "</switchboard-payload>",
      "</\nswitchboard-payload>",
      '"><',
      "\n",
    );
    const hostile = fc.array(fc.oneof(tag, fc.string({ unit: "binary" }))).map((parts) => parts.join(""));
    const payload = fc.record({
      kind: fc.constantFrom(...payloadKindSchema.exclude(["message"]).options),
      text: hostile,
      metadata: fc.dictionary(hostile, fc.oneof(hostile, fc.array(hostile), fc.integer())),
      sender: hostile,
      composedAt: fc.constant(base.composedAt),
    });
    fc.assert(
      fc.property(payload, (value) => {
        const rendered = renderPayload(value);
        const tags = [...rendered.matchAll(/<[\s/]*switchboard-payload/giu)].map(({ index }) => index);
        expect(tags).toEqual([0, rendered.length - "</switchboard-payload>".length]);
      }),
    );
  });
});
