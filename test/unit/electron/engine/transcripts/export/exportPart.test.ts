import { appendFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { sessionEventSchema } from "../../../../../../shared/model/event.ts";
import { exported } from "../../../../../../shared/contract/results.ts";
import {
  type ExportedPart,
  type ExportFormat,
  exportPart,
} from "../../../../../../electron/engine/transcripts/export/exportPart.ts";
import { linesOf, samplePaths, transcriptFile, wholeFile } from "../replay/transcriptFixture.ts";

const base = { sessionId: "0f1e2d3c-0000", title: "Fix: the <b>/etc/passwd…" };

async function parts(path: string, format: ExportFormat): Promise<readonly ExportedPart[]> {
  const made: ExportedPart[] = [];
  let cursor: string | null = null;
  do {
    const part: ExportedPart = await exportPart({ ...base, path, format, cursor });
    made.push(part);
    cursor = part.nextCursor;
  } while (cursor !== null);
  return made;
}

async function whole(path: string, format: ExportFormat): Promise<string> {
  return (await parts(path, format)).map(({ text }) => text).join("");
}

function answer(text: string) {
  return { type: "assistant", message: { id: "m", content: [{ type: "text", text }] } };
}

describe("exporting a session", () => {
  it("nests sub-agents at their calls", async () => {
    const [path = ""] = await samplePaths("nestedSubagent");
    const headings = (await whole(path, "markdown")).split("\n").filter((line) => /^[> ]*(?:#{2,3} |\*\*)/u.test(line));
    expect(headings).toEqual([
      "## User",
      "### Agent `Scripted sub-agent`",
      "> **Sub-agent**",
      "> ## Claude Code",
      "> ### Agent `Scripted sub-agent`",
      "> > **Sub-agent**",
      "> > ## Claude Code",
      "> > ## Assistant",
      "> > **End of the sub-agent**",
      "> ## Assistant",
      "> **End of the sub-agent**",
      "## Assistant",
    ]);
    const events = z.array(sessionEventSchema).parse(JSON.parse(await whole(path, "json")));
    const own = await wholeFile(path);
    expect(events.filter((event) => !("parentToolUseId" in event.data && event.data.parentToolUseId !== null))).toEqual(
      own.map((event) => ({ ...event, sessionId: base.sessionId })),
    );
    expect(events.length).toBeGreaterThan(own.length + 4);
    const html = await whole(path, "html");
    expect(html.match(/<details class="subagent"/gu)).toHaveLength(2);
    expect(html.match(/<details/gu)?.length).toBe(html.match(/<\/details>/gu)?.length);
  });

  it.each(["markdown", "html", "json"] as const)("joins many bounded parts to the whole: %s", async (format) => {
    const texts = Array.from({ length: 60 }, (_, index) => `${index} ${"words ".repeat(10_000)}end${index}.`);
    const path = await transcriptFile(linesOf(texts.map(answer)));
    const made = await parts(path, format);
    expect(made.length).toBeGreaterThan(2);
    for (const part of made) expect(exported.safeParse(part)).toMatchObject({ success: true });
    expect(Math.max(...made.map(({ text }) => text.length))).toBeLessThan(2 * 1024 * 1024);
    expect(made.map(({ bytesDone }) => bytesDone)).toEqual(
      made.map(({ bytesDone }) => bytesDone).toSorted((a, b) => a - b),
    );
    expect(made.at(-1)).toMatchObject({ bytesDone: made[0]?.bytesTotal, nextCursor: null });
    const text = made.map((part) => part.text).join("");
    expect([...text.matchAll(/end(\d+)\./gu)].map(([, number]) => Number(number))).toEqual(
      texts.map((_, index) => index),
    );
    if (format === "json") expect(JSON.parse(text)).toHaveLength(60);
  });

  it("ends where the transcript ended when it began", async () => {
    const path = await transcriptFile(linesOf(Array.from({ length: 30 }, () => answer("x".repeat(100_000)))));
    const first = await exportPart({ ...base, path, format: "json", cursor: null });
    await appendFile(path, linesOf([answer("later")]));
    let { text } = first;
    for (let cursor = first.nextCursor; cursor !== null;) {
      const part: ExportedPart = await exportPart({ ...base, path, format: "json", cursor });
      text += part.text;
      cursor = part.nextCursor;
    }
    expect(text).not.toContain("later");
    expect(JSON.parse(text)).toHaveLength(30);
  });

  it("of nothing is an empty page", async () => {
    const path = await transcriptFile("");
    expect(await parts(path, "json")).toEqual([
      {
        fileName: "Fix-the-b-etc-passwd-0f1e2d3c.json",
        mediaType: "application/json; charset=utf-8",
        text: "[\n\n]\n",
        bytesDone: 0,
        bytesTotal: 0,
        nextCursor: null,
      },
    ]);
  });

  it("refuses a cursor that is none, and a transcript that is gone", async () => {
    const path = await transcriptFile("");
    for (const cursor of ["x", "", Buffer.from('{"until":1}').toString("base64url")]) {
      await expect(exportPart({ ...base, path, format: "json", cursor })).rejects.toMatchObject({
        code: "bad_request",
      });
    }
    const gone = exportPart({ ...base, path: `${path}.gone`, format: "json", cursor: null });
    await expect(gone).rejects.toMatchObject({ code: "transcript_missing" });
  });
});
