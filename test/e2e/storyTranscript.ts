/**
 * One long session put together from recorded transcripts: its records are those that the real CLI wrote, only ids, paths
 * and times are changed so that they make one story.
 */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

const samples = fileURLToPath(new URL("../support/samples/transcripts", import.meta.url));

export interface StoryPart {
  /** A folder of `test/support/samples/transcripts`. */
  readonly sample: string;
  /** Text of the sample that is replaced, so that a part can be told from another of the same sample. */
  readonly replace?: Readonly<Record<string, string>>;
}

export interface Story {
  readonly sessionId: string;
  readonly cwd: string;
  /** The first part begins then; each other one a minute after the one before. */
  readonly begins: string;
  readonly parts: readonly StoryPart[];
}

const MINUTE_MS = 60_000;

/** Writes the session's transcript, and those of its sub-agents, into a configuration folder. */
export async function writeStory(configDir: string, story: Story): Promise<void> {
  const folder = join(configDir, "projects", story.cwd.replaceAll(/[^A-Za-z0-9]/gu, "-"));
  const subagents = join(folder, story.sessionId, "subagents");
  await mkdir(subagents, { recursive: true });
  const lines: string[] = [];
  for (const [index, part] of story.parts.entries()) {
    const files = await sampleFiles(part.sample);
    for (const file of files) {
      const text = retold(await readFile(file, "utf8"), { story, part, index });
      if (file.includes("/subagents/")) await writeFile(join(subagents, basename(file)), text);
      else lines.push(text);
    }
  }
  await writeFile(join(folder, `${story.sessionId}.jsonl`), lines.join(""));
}

async function sampleFiles(sample: string): Promise<readonly string[]> {
  const folder = join(samples, sample);
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\.(?:jsonl|meta\.json)$/u.test(name)).map((name) => join(folder, name));
}

function retold(text: string, { story, part, index }: { story: Story; part: StoryPart; index: number }): string {
  const sessionIds = new Set([...text.matchAll(/"sessionId":"([^"]+)"/gu)].map(([, id]) => id));
  const mark = index.toString(16).padStart(4, "0");
  const startMs = Date.parse(story.begins) + index * MINUTE_MS;
  const firstMs = Date.parse(/"timestamp":"([^"]+)"/u.exec(text)?.[1] ?? story.begins);
  let told = text
    .replaceAll(
      /[\da-f]{8}-[\da-f]{4}-(?=[\da-f]{4}-[\da-f]{4}-[\da-f]{12})/gu,
      (start) => start.slice(0, 9) + mark + "-",
    )
    .replaceAll(/\b(toolu|msg|req)_t(?=\d)/gu, `$1_p${mark}_`)
    .replaceAll(/"timestamp":"([^"]+)"/gu, (_whole, at: string) => {
      return `"timestamp":"${new Date(startMs + Date.parse(at) - firstMs).toISOString()}"`;
    })
    .replaceAll(`/home/me/projects/${part.sample}`, story.cwd);
  for (const id of sessionIds)
    told = told.replaceAll(`"sessionId":"${marked(id ?? "", mark)}"`, `"sessionId":"${story.sessionId}"`);
  for (const [from, to] of Object.entries(part.replace ?? {})) told = told.replaceAll(from, to);
  return told;
}

/** A sample's session id as it stands after ids were changed. */
function marked(id: string, mark: string): string {
  return id.slice(0, 9) + mark + id.slice(13);
}
