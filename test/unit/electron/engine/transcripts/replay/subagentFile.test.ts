import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findOutermostCall } from "../../../../../../electron/engine/transcripts/replay/findCall.ts";
import {
  callOfSubagent,
  findSubagents,
  readSubagentPage,
  subagentFile,
} from "../../../../../../electron/engine/transcripts/replay/subagentFile.ts";
import { linesOf, samplePaths, temporaryFolder, told, transcriptFile, wholeFile } from "./transcriptFixture.ts";

async function tellSubagent(path: string, toolUseId: string): Promise<readonly string[]> {
  const { items } = await readSubagentPage({ path, sessionId: "s", toolUseId, place: "end", limit: 100 });
  expect(items.every((event) => "parentToolUseId" in event.data && event.data.parentToolUseId === toolUseId)).toBe(
    true,
  );
  return items.flatMap(told);
}

describe("sub-agents of a session", () => {
  it("are found by the call that started them, inside each other too", async () => {
    const [path = ""] = await samplePaths("nestedSubagent");
    const calls = (await wholeFile(path)).flatMap((event) =>
      event.type === "tool.called" ? [event.data.toolUseId] : [],
    );
    expect(calls).toEqual(["toolu_t00001_0"]);
    expect(await tellSubagent(path, "toolu_t00001_0")).toEqual([
      "cli: SUBAGENT SAY from the depth",
      expect.stringMatching(/^Agent /u),
      expect.stringMatching(/^result: \[Subagent hand-back\]/u),
      expect.stringMatching(/^assistant: The Agent tool answered/u),
    ]);
    expect(await tellSubagent(path, "toolu_t00002_0")).toEqual([
      "cli: SAY from the depth",
      "assistant: from the depth",
    ]);
  });

  it("are found by the result that names them where nothing else does", async () => {
    const [sample = ""] = await samplePaths("oneSubagent");
    const folder = await temporaryFolder();
    await cp(dirname(sample), folder, { recursive: true, filter: (name) => !name.endsWith(".meta.json") });
    const path = join(folder, sample.slice(dirname(sample).length + 1));
    const call = (await wholeFile(path)).find((event) => event.type === "tool.called");
    const toolUseId = call?.type === "tool.called" ? call.data.toolUseId : "";
    expect(await subagentFile(path, toolUseId)).toMatch(/subagents\/agent-\w+\.jsonl$/u);
    expect(await subagentFile(path, "toolu_other")).toBeNull();
  });

  it.each(["nested", "workflows/wf-1"])("are found in folders inside theirs: %s", async (inside) => {
    const path = await transcriptFile("");
    const folder = join(path.replace(".jsonl", ""), "subagents", inside);
    await mkdir(folder, { recursive: true });
    const message = { id: "m1", role: "assistant", content: [{ type: "text", text: "deep" }] };
    const record = { type: "assistant", isSidechain: true, uuid: "u1", message };
    await writeFile(join(folder, "agent-n1.jsonl"), linesOf([record]));
    await writeFile(join(folder, "agent-n1.meta.json"), '{"toolUseId":"toolu_n1"}');
    expect(await tellSubagent(path, "toolu_n1")).toEqual(["assistant: deep"]);
  });

  it.each(["nestedSubagent", "oneSubagent"])("lead back to the call that started them: %s", async (situation) => {
    const [path = ""] = await samplePaths(situation);
    const { byCall } = await findSubagents(path);
    expect(byCall.size).toBeGreaterThan(0);
    const outermost = (await wholeFile(path)).find(({ type }) => type === "tool.called");
    for (const [call, file] of byCall) {
      expect([await callOfSubagent(path, file), await findOutermostCall(path, call)]).toEqual([call, outermost?.seq]);
    }
    expect(await findOutermostCall(path, "toolu_other")).toBeNull();
  });

  it("without a description lead back by the result that names them", async () => {
    const [sample = ""] = await samplePaths("oneSubagent");
    const folder = await temporaryFolder();
    await cp(dirname(sample), folder, { recursive: true, filter: (name) => !name.endsWith(".meta.json") });
    const path = join(folder, sample.slice(dirname(sample).length + 1));
    const call = (await wholeFile(path)).find((event) => event.type === "tool.called");
    const [file = ""] = (await findSubagents(path)).withoutCall.values();
    expect(await callOfSubagent(path, file)).toBe(call?.type === "tool.called" ? call.data.toolUseId : "");
  });

  it("may be missing, and their descriptions broken", async () => {
    const path = await transcriptFile(linesOf([{ type: "user", message: { content: "x" } }]));
    expect(await findSubagents(path)).toEqual({ byCall: new Map(), withoutCall: new Map() });
    const folder = join(path.replace(".jsonl", ""), "subagents");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "agent-a1.jsonl"), "");
    await writeFile(join(folder, "agent-a1.meta.json"), '{"toolUseId":');
    await writeFile(join(folder, "notes.txt"), "");
    expect((await findSubagents(path)).withoutCall).toEqual(new Map([["a1", join(folder, "agent-a1.jsonl")]]));
    const page = readSubagentPage({ path, sessionId: "s", toolUseId: "toolu_1", place: "end", limit: 1 });
    await expect(page).rejects.toMatchObject({ code: "not_found" });
  });
});
