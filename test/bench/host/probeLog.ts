import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const noteSchema = z.object({
  at: z.string().transform(BigInt),
  what: z.enum(["request", "frameIn", "frameOut"]),
  text: z.string(),
});

/** Something that passed the host's doors, as `hostProbe.mjs` noted it. */
export type ProbeNote = z.infer<typeof noteSchema>;

/** Loads the probe into a host. */
export const probeArguments: readonly string[] = ["--import", new URL("hostProbe.mjs", import.meta.url).href];

/** Tells the probe where to write, for a host with this home. */
export function probeEnvironment(home: string): Readonly<Record<string, string>> {
  return { BENCH_PROBE_LOG: probeLogIn(home) };
}

function probeLogIn(home: string): string {
  return join(home, "probe.jsonl");
}

/** What passed a host that has ended. */
export async function readProbeLog(home: string): Promise<readonly ProbeNote[]> {
  const text = await readFile(probeLogIn(home), "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [noteSchema.parse(JSON.parse(line))]));
}

/** The fake `claude` executable. */
export const fakeClaudePath = fileURLToPath(new URL("../../support/fakeClaude/fakeClaude.mjs", import.meta.url));
