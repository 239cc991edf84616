/**
 * The whole host killed while it reads transcripts for the first time, and while it follows them: what it knows after a
 * restart is what a host knows that reads the same files for the first time, and nothing it acknowledged is gone.
 */
import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, onTestFailed, test } from "vitest";
import { z } from "zod";
import { generateCorpus } from "../bench/corpus/generateCorpus.ts";
import { Random } from "../bench/corpus/random.ts";
import { type ClaudeEnvironment, createClaudeEnvironment } from "../support/claudeEnvironment.ts";
import { AcknowledgedEntries } from "./acknowledgedEntries.ts";
import { expectKept, expectSame, knownBy, toldGroups } from "./freshHost.ts";
import { atSomeMoment, isReady, type KillableHost, listedSessions, shareDone, startKillable } from "./killableHost.ts";
import { leftBehind } from "./ledgerContents.ts";
import { RestlessTranscripts } from "./restlessTranscripts.ts";

const KILLS = 10;
/** Half a minute each when nothing else runs. */
const PATIENCE_MS = 240_000;
/** Where no API answers: the sessions of these tests are the fake's. */
const NO_API = "http://127.0.0.1:9";
const fakeClaude = fileURLToPath(new URL("../support/fakeClaude/fakeClaude.mjs", import.meta.url));

let environment: ClaudeEnvironment;
let folder: string;
let random: Random;
const running = new Set<KillableHost>();

beforeEach(async () => {
  environment = await createClaudeEnvironment({ apiUrl: NO_API });
  folder = await mkdtemp(join(tmpdir(), "switchboard-host-killed-"));
  const seed = Number(process.env["KILL_SEED"] ?? Date.now() % 1_000_000);
  onTestFailed(() => {
    process.stderr.write(`The choices of this run are made again with KILL_SEED=${seed}.\n`);
  });
  random = new Random(seed);
});

afterEach(async () => {
  await Promise.all([...running].map((host) => host.kill()));
  running.clear();
  await environment.dispose();
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

async function start(name: string): Promise<KillableHost> {
  const host = await startKillable({ environment, claudePath: fakeClaude, dataDir: join(folder, name) });
  running.add(host);
  return host;
}

async function kill(host: KillableHost): Promise<void> {
  await host.kill();
  running.delete(host);
}

/** To be waited for later; what fails until then is told then. */
function meanwhile(tasks: readonly Promise<void>[]): Promise<unknown> {
  const all = Promise.all(tasks);
  all.catch(() => undefined);
  return all;
}

const exportSchema = z.object({ text: z.string(), nextCursor: z.string().nullable() });

const rowSchema = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("message"), messageId: z.string() }),
  z.looseObject({ kind: z.literal("total") }),
]);

/** Some of the entries that a host exports. */
async function exported(host: KillableHost): Promise<readonly { readonly messageId: string }[]> {
  const { text } = exportSchema.parse(await host.ask("GET", "/costs/export?format=json"));
  const rows = z.array(rowSchema).parse(JSON.parse(`${text.replace(/\]\s*$/u, "")}]`));
  return rows.flatMap((row) => (row.kind === "message" ? [row] : []));
}

test(
  "killed at ten moments of the first index, it goes on each time and ends as one that was never killed",
  async () => {
    generateCorpus({ folder: environment.configDir, files: 200, messages: 9000, seed: 3 });
    const fresh = await start("fresh");
    const scanMs = await fresh.until(isReady);
    const [known, groups, entriesOfAll] = [await knownBy(fresh), await toldGroups(fresh), await exported(fresh)];
    await kill(fresh);
    const entries = new AcknowledgedEntries();
    /** Beside the next life of the one that is killed. */
    let comparing = Promise.resolve();
    const compare = async (name: string, started: ReadonlySet<string>): Promise<void> => {
      const host = await start(name);
      await host.until(isReady);
      expectSame(await knownBy(host), known, { started });
      expect(await toldGroups(host)).toEqual(groups);
      await kill(host);
      await rm(host.dataDir, { recursive: true });
    };
    const shares = Array.from({ length: KILLS }, () => random.next() * 0.97).toSorted((a, b) => a - b);
    for (const [round, share] of shares.entries()) {
      const host = await start("killed");
      const importing = meanwhile([
        entries.importNew(host),
        entries.importKnown(
          host,
          Array.from({ length: 20 }, () => random.pick(entriesOfAll)),
        ),
      ]);
      await host.until((index) => shareDone(index) >= share);
      await atSomeMoment(random.next(), scanMs / KILLS);
      await kill(host);
      await importing;
      expectKept(leftBehind(host.dataDir), entries.acknowledged);
      await comparing;
      cpSync(host.dataDir, join(folder, `restarted-${round}`), { recursive: true });
      comparing = compare(`restarted-${round}`, new Set(entries.sessions));
      comparing.catch(() => undefined);
    }
    await comparing;
  },
  PATIENCE_MS,
);

test(
  "killed at ten moments while transcripts grow, are cut, replaced and deleted, and sessions run",
  async () => {
    generateCorpus({ folder: environment.configDir, files: 20, messages: 800, seed: 5 });
    const transcripts = new RestlessTranscripts(environment.configDir, random);
    const cwd = await environment.projectDir("shop");
    const entries = new AcknowledgedEntries();
    let host = await start("killed");
    await host.until(isReady);
    const delayMs = await untilSeen(host, () => transcripts.appendWhole());
    for (let round = 0; round < KILLS; round += 1) {
      const telling = meanwhile([entries.importNew(host), entries.stream(host, cwd)]);
      for (let steps = random.between(5, 60); steps > 0; steps -= 1) {
        transcripts.step();
        // As far apart as an answer of the host takes.
        if (random.chance(0.5)) await host.index();
      }
      await atSomeMoment(random.next(), 2 * delayMs);
      await kill(host);
      await telling;
      expectKept(leftBehind(host.dataDir), entries.acknowledged);
      for (let steps = random.between(0, 10); steps > 0; steps -= 1) transcripts.step();
      const [restarted, fresh] = await Promise.all([start("killed"), start(`fresh-${round}`)]);
      await Promise.all([restarted.until(isReady), fresh.until(isReady)]);
      expectSame(await knownBy(restarted), await knownBy(fresh), { started: entries.sessions, transcripts });
      await kill(fresh);
      host = restarted;
    }
  },
  PATIENCE_MS,
);

/** Has a session say more, and resolves when the host shows it; answers how long that took, in milliseconds. */
async function untilSeen(host: KillableHost, sayMore: () => string): Promise<number> {
  // First: a host that is quick would else show it already.
  const before = await listedSessions(host);
  const sessionId = sayMore();
  const beganMs = performance.now();
  const shown = before.get(sessionId)?.lastActivityAt;
  while ((await listedSessions(host)).get(sessionId)?.lastActivityAt === shown) continue;
  return performance.now() - beganMs;
}
