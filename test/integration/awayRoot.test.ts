/** A configuration folder on a disk that is away, as a whole engine shows its sessions. */
import { appendFile, mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestEngine, type TestEngine } from "../support/testEngine.ts";
import { untilPasses } from "../support/untilPasses.ts";
import { userLine } from "./transcriptRecords.ts";

const PATIENCE = { timeout: 20_000, interval: 50 };

let test: TestEngine;
beforeEach(async () => {
  test = await createTestEngine();
});
afterEach(() => test.dispose());

const known = async (): Promise<readonly number[]> => [
  (await test.ask("sessions.list", { limit: 100 })).items.length,
  (await test.ask("search.query", { q: "needle", limit: 100 })).items.length,
];

/** What is found is shown from the transcripts themselves: without them nothing is, and that is said. */
async function expectListed(): Promise<void> {
  expect(await known()).toEqual([3, 0]);
  expect((await test.ask("search.query", { q: "needle" })).partial).toBe(true);
  expect(test.engine.hostInfo().search.problem).toMatch(/projects is not found until that is back\.$/u);
}

it("lists its sessions, says that it is away and cannot be searched, and goes on when it is back", async () => {
  const { home } = test.environment;
  const [disk, link] = [join(home, "disk"), join(home, "link")];
  await mkdir(join(disk, "projects", "-w"), { recursive: true });
  for (const name of ["s1", "s2", "s3"])
    await writeFile(join(disk, "projects", "-w", `${name}.jsonl`), userLine(`needle ${name}`));
  await symlink(disk, link);
  // A folder that is set is kept by its real path; the one of the environment is not.
  await test.ask("settings.change", { extraRoots: [link] });
  await untilPasses(async () => expect(await known()).toEqual([3, 3]), PATIENCE);

  await rename(disk, `${disk}-away`);
  await test.ask("index.scan", {});
  const away = [expect.stringContaining(`${disk}/projects is away`)];
  await untilPasses(async () => expect(test.engine.hostInfo().notices).toEqual(away), PATIENCE);
  await expectListed();

  await test.restart();
  await untilPasses(async () => expect(test.engine.hostInfo().notices).toEqual(away), PATIENCE);
  await expectListed();

  await rename(`${disk}-away`, disk);
  await untilPasses(async () => expect(test.engine.hostInfo().notices).toEqual([]), PATIENCE);
  await appendFile(join(disk, "projects", "-w", "s1.jsonl"), userLine("pebble"));
  await untilPasses(
    async () => expect((await test.ask("search.query", { q: "pebble" })).items).toHaveLength(1),
    PATIENCE,
  );
  expect(await known()).toEqual([3, 3]);
}, 90_000);
