/**
 * Takes the transcripts in `test/support/samples/transcripts` anew from the real CLI:
 * `node test/support/transcripts/captureTranscripts.ts [situation…]`.
 * Each situation is a folder with `projects/<slug>/…` as the CLI writes it. What a machine is called is replaced, what
 * only repeats the requests is left out, and long texts of the CLI's own are cut. Ids of records and times differ from run
 * to run; tests must not depend on them.
 */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { slugOf } from "./callIsWritten.ts";
import { driveTranscripts, situations } from "./driveTranscripts.ts";
import { trimRecords } from "./trimRecords.ts";

const target = fileURLToPath(new URL("../samples/transcripts", import.meta.url));

/** The one sample that keeps the attachments between the words, as every transcript has them. */
const FULL_CHAIN = "tools";

async function capture(name: string): Promise<void> {
  const driven = await driveTranscripts({ names: [name] });
  const { home, configDir } = driven.environment;
  const anonymous = (text: string): string =>
    text
      .replaceAll(home, "/home/me")
      .replaceAll(slugOf(home), "-home-me")
      .replaceAll(/\/tmp\/claude-\d+\//gu, "/tmp/claude-1000/");
  await rm(join(target, name), { recursive: true, force: true });
  for (const path of await readdir(join(configDir, "projects"), { recursive: true })) {
    if (!/\.jsonl?$/u.test(path)) continue;
    const text = await readFile(join(configDir, "projects", path), "utf8");
    const kept = path.endsWith(".jsonl") ? trimmed(text, name === FULL_CHAIN) : text;
    const file = join(target, name, "projects", anonymous(path));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, anonymous(kept));
  }
  await driven.dispose();
  process.stdout.write(`${name}\n`);
}

function trimmed(text: string, keepsChain: boolean): string {
  const lines = text.split("\n").filter((line) => line !== "");
  const records = trimRecords(
    lines.map((line): unknown => JSON.parse(line)),
    keepsChain,
  );
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

const chosen = process.argv.slice(2);
for (const name of Object.keys(situations)) if (chosen.length === 0 || chosen.includes(name)) await capture(name);
